"""
AWS's own service models, as Debian's python3-botocore ships them, judge every exchange: the operation exists; members of
request and reply exist and have the right types; what is required is there; enums, lengths, patterns and ranges hold; and
botocore's serialiser makes the very same request out of what Sealane's meant, botocore's parser reads the reply.
"""
import json
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree

import botocore.loaders
import botocore.model
import botocore.parsers
import botocore.serialize
import botocore.validate

from .wirelog import SECRET

VERSIONS = {"ec2": "2016-11-15", "directconnect": "2012-10-25", "sts": "2011-06-15", "iam": "2010-05-08"}
# Values that AWS sends although no model of its own lists them.
# A VPN connection under ModifyVpnTunnelOptions: terraform-provider-aws waits for this state (internal/service/ec2, vpnStateModifying).
SENT_BUT_NOT_MODELLED = {("VpnState", "modifying")}
# Operations that are newer than Debian's models and than the JavaScript client at hand; their contracts rest on AWS's pages.
# https://docs.aws.amazon.com/directconnect/latest/APIReference/API_ListVirtualInterfaceRoutes.html
NEWER_THAN_ALL_MODELS = {"directconnect:ListVirtualInterfaceRoutes"}
# Members that AWS's own example of the reply shows and no model lists.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
SHOWN_BUT_NOT_MODELLED = {("ec2:CreateSecurityGroup", "return")}
_TYPES = {"string": str, "integer": int, "long": int, "float": float, "double": float, "boolean": bool}


class AwsModels:
    def __init__(self, newer_shapes):
        """Services know more today than Debian's models of 2022; `newer_shapes` is what the JavaScript client knows of each shape."""
        loader = botocore.loaders.Loader()
        self.models = {name: botocore.model.ServiceModel(loader.load_service_model(name, "service-2", version), name)
                       for name, version in VERSIONS.items()}
        self.newer_shapes = newer_shapes
        self.newer = set()
        self.violations = {}
        self.seen = {}

    def violate(self, operation, where, what):
        key = f"{operation} {where}: {what}"
        self.violations[key] = self.violations.get(key, 0) + 1

    def judge(self, exchange):
        service, name = exchange.operation.split(":")
        model = self.models[service]
        if exchange.operation in NEWER_THAN_ALL_MODELS:
            return
        if name not in model.operation_names:
            self.judge_newer(exchange, service, name)
            return
        operation = model.operation_model(name)
        self.seen[exchange.operation] = self.seen.get(exchange.operation, 0) + 1
        protocol = model.metadata["protocol"]
        if protocol == "json":
            sent = json.loads(exchange.request or "{}")
            asked = self.from_json(exchange.operation, "request", operation.input_shape, sent)
        else:
            pairs = urllib.parse.parse_qsl(exchange.request, keep_blank_values=True, strict_parsing=True)
            sent = dict(pairs)
            if len(sent) != len(pairs):
                self.violate(exchange.operation, "request", "a parameter is given twice")
            if sent.get("Version") != model.api_version or sent.get("Action") != name:
                self.violate(exchange.operation, "request", "Action or Version")
            asked = self.from_query(exchange.operation, operation, sent)
        self.check_request(exchange.operation, protocol, operation, asked, sent)
        self.check_reply(exchange, protocol, operation)

    # --- requests

    def from_query(self, name, operation, sent):
        tree = {}
        for key, value in sent.items():
            if key in ("Action", "Version"):
                continue
            node = tree
            *parents, last = key.split(".")
            for part in parents:
                node = node.setdefault(part, {})
            node[last] = value
        return {} if operation.input_shape is None else self.query_value(name, "request", operation.input_shape, tree)

    def query_value(self, name, where, shape, node):
        if shape.type_name == "structure":
            members = {self.query_name(member, key): key for key, member in shape.members.items()}
            value = {}
            for part, child in node.items() if isinstance(node, dict) else []:
                if part not in members:
                    if not self.is_newer(name, where, shape, part):
                        self.violate(name, where, f"unknown parameter {part}")
                    continue
                value[members[part]] = self.query_value(name, f"{where}.{part}", shape.members[members[part]], child)
            return value
        if shape.type_name == "list":
            if name.split(":")[0] != "ec2" and isinstance(node, dict) and not shape.serialization.get("flattened"):
                # The query protocol of the other services: Names.member.1.
                node = node.get(shape.member.serialization.get("name", "member"))
            if not isinstance(node, dict) or sorted(node, key=lambda text: (len(text), text)) != [str(i + 1) for i in range(len(node))]:
                self.violate(name, where, "a list is numbered 1, 2, 3 …")
                return []
            return [self.query_value(name, f"{where}.N", shape.member, node[str(i + 1)]) for i in range(len(node))]
        return self.scalar(name, where, shape, node)

    @staticmethod
    def query_name(member, key):
        serialization = member.serialization
        if "queryName" in serialization:
            return serialization["queryName"]
        text = serialization.get("name", key)
        return text[0].upper() + text[1:]

    def from_json(self, name, where, shape, node):
        if shape is None:
            return {}
        if shape.type_name == "structure":
            if not isinstance(node, dict):
                self.violate(name, where, "is no object")
                return {}
            names = {member.serialization.get("name", key): key for key, member in shape.members.items()}
            value = {}
            for part, child in node.items():
                if part not in names:
                    if not self.is_newer(name, where, shape, part):
                        self.violate(name, where, f"unknown member {part}")
                    continue
                value[names[part]] = self.from_json(name, f"{where}.{part}", shape.members[names[part]], child)
            return value
        if shape.type_name == "list":
            if not isinstance(node, list):
                self.violate(name, where, "is no list")
                return []
            return [self.from_json(name, f"{where}[]", shape.member, child) for child in node]
        if shape.type_name == "timestamp":
            if isinstance(node, bool) or not isinstance(node, (int, float)):
                self.violate(name, where, "a time is a number of seconds")
            return node
        kind = _TYPES.get(shape.type_name)
        if kind and (not isinstance(node, kind) or (kind is int and isinstance(node, bool))):
            self.violate(name, where, f"{type(node).__name__} where the model has {shape.type_name}")
        self.constraints(name, where, shape, node)
        return node

    def scalar(self, name, where, shape, text):
        if not isinstance(text, str):
            self.violate(name, where, f"members where the model has {shape.type_name}")
            return None
        self.constraints(name, where, shape, text)
        if shape.type_name in ("integer", "long"):
            if not re.fullmatch(r"-?\d+", text):
                self.violate(name, where, f"{text!r} where the model has {shape.type_name}")
                return 0
            return int(text)
        if shape.type_name in ("double", "float"):
            return float(text)
        if shape.type_name == "boolean":
            if text not in ("true", "false"):
                self.violate(name, where, f"{text!r} where the model has a boolean")
            return text == "true"
        return text

    def constraints(self, name, where, shape, value):
        """Enums, lengths and patterns, which botocore's validator leaves to the service."""
        if value == SECRET or not isinstance(value, str) or shape.type_name != "string":
            return
        if getattr(shape, "enum", None) and value not in shape.enum and (shape.name, value) not in SENT_BUT_NOT_MODELLED:
            self.violate(name, where, f"{value!r} is not one of {shape.enum}")
        pattern = shape.metadata.get("pattern")
        # Java's classes of letters, spaces and digits, in Python's words.
        if pattern and not re.search(pattern.replace(r"\p{L}\p{Z}\p{N}", r"\w\s"), value):
            self.violate(name, where, f"{value!r} does not match {pattern}")
        if not shape.metadata.get("min", 0) <= len(value) <= shape.metadata.get("max", len(value)):
            self.violate(name, where, f"length {len(value)}")

    def check_request(self, name, protocol, operation, asked, sent):
        if operation.input_shape is None:
            return
        report = botocore.validate.ParamValidator().validate(asked, operation.input_shape)
        if report.has_errors():
            self.violate(name, "request", report.generate_report().replace("\n", "; "))
            return
        again = botocore.serialize.create_serializer(protocol, False).serialize_to_request(asked, operation)["body"]
        if protocol == "json":
            again = json.loads(again)
        else:
            again = {key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in again.items()}
        known = self.without_newer(sent)
        if again != known:
            differing = {key for key in {*again, *known} if again.get(key) != known.get(key)}
            self.violate(name, "request", f"botocore would write {sorted(differing)} otherwise")

    def without_newer(self, sent):
        fresh = {part for _, _, part in self.newer}
        return {key: value for key, value in sent.items() if not any(part in fresh for part in key.split("."))}

    # --- replies

    def check_reply(self, exchange, protocol, operation):
        name = exchange.operation
        parser = botocore.parsers.create_parser(protocol)
        raw = {"body": exchange.reply.encode(), "status_code": exchange.status, "headers": exchange.headers}
        try:
            parsed = parser.parse(raw, operation.output_shape)
        except Exception as error:  # Whatever the vendor's parser throws is a violation, not the end of the suite.
            self.violate(name, "reply", f"botocore cannot read it: {error}")
            return
        metadata = parsed["ResponseMetadata"]
        if not metadata.get("RequestId"):
            self.violate(name, "reply", "no request id")
        if exchange.status >= 300:
            if not parsed.get("Error", {}).get("Code") or "Message" not in parsed["Error"]:
                self.violate(name, "reply", "an error without code and message")
            return
        if protocol == "json":
            self.from_json(name, "reply", operation.output_shape, json.loads(exchange.reply or "{}"))
            return
        root = ElementTree.fromstring(exchange.reply)
        if self.local(root) != f"{operation.name}Response":
            self.violate(name, "reply", f"root element {self.local(root)}")
        if operation.output_shape is None:
            return  # The real service answers <return>true</return> where the model has no output at all.
        top = root
        wrapper = operation.output_shape.serialization.get("resultWrapper")
        if wrapper:
            top = next(child for child in root if self.local(child) == wrapper)
        self.element(name, "reply", operation.output_shape, top, {"requestId", "ResponseMetadata"})

    @staticmethod
    def local(element):
        return element.tag.rpartition("}")[2]

    def element(self, name, where, shape, element, extra=frozenset()):
        if shape.type_name == "structure":
            names = {member.serialization.get("name", key): member for key, member in shape.members.items()}
            told = set()
            for child in element:
                part = self.local(child)
                if part in extra:
                    continue
                if part in told and not names[part].serialization.get("flattened"):
                    self.violate(name, where, f"{part} twice")
                told.add(part)
                if part in names:
                    self.element(name, f"{where}.{part}", names[part], child)
                elif not self.is_newer(name, where, shape, part) and (name, part) not in SHOWN_BUT_NOT_MODELLED:
                    self.violate(name, where, f"unknown member {part}")
            return
        if shape.type_name == "list":
            if (element.text or "").strip():
                self.violate(name, where, "text where the model has a list")
            wanted = shape.member.serialization.get("name", "member")
            for child in element:
                if self.local(child) != wanted:
                    self.violate(name, where, f"{self.local(child)} where the model has {wanted}")
                else:
                    self.element(name, f"{where}[]", shape.member, child)
            return
        if len(element):
            self.violate(name, where, f"members where the model has {shape.type_name}")
            return
        text = element.text or ""
        if shape.type_name == "timestamp":
            if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?(Z|\+00:00)", text):
                self.violate(name, where, f"{text!r} is no time")
        elif text != SECRET:
            self.scalar(name, where, shape, text)

    def is_newer(self, name, where, shape, part):
        """Whether a member that Debian's model lacks belongs to this very shape in the vendor's newer client."""
        members = self.newer_shapes.get(name.split(":")[0], {}).get(shape.name, {})
        if part in members or any(part == query for query, _ in members.values()):
            self.newer.add((name, where, part))
            return True
        return False

    def judge_newer(self, exchange, service, name):
        """An operation of after 2022: its members by name, against the newer client's shapes."""
        shapes = self.newer_shapes[service]
        request, result = f"{name}Request", f"{name}Result"
        if service != "ec2" or request not in shapes or result not in shapes:
            self.violate(exchange.operation, "operation", "does not exist")
            return
        self.newer.add((exchange.operation, "operation", name))
        self.seen[exchange.operation] = self.seen.get(exchange.operation, 0) + 1
        known = {query for query, _ in shapes[request].values()}
        for key in dict(urllib.parse.parse_qsl(exchange.request)):
            if key.split(".")[0] not in known | {"Action", "Version"}:
                self.violate(exchange.operation, "request", f"unknown parameter {key}")
        if exchange.status < 300:
            self.newer_element(exchange.operation, "reply", shapes, result, ElementTree.fromstring(exchange.reply), {"requestId"})

    def newer_element(self, name, where, shapes, shape, element, extra=frozenset()):
        for child in element:
            part = self.local(child)
            if part in extra:
                continue
            if part not in shapes[shape]:
                self.violate(name, where, f"unknown member {part}")
            elif shapes[shape][part][1]:
                self.newer_element(name, f"{where}.{part}", shapes, shapes[shape][part][1], child)

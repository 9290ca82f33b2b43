// The model types of @azure/arm-network judge ARM bodies: every member must be one that the client of the same api-version maps,
// of the type that it maps, required ones there, read-only ones not sent, enumerations among the known values.
// In: JSON lines {operation, method, path, location, request, status, reply}. Out: {judged, operations, violations}.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";

// The package's exports hide its mappers, so they are loaded by path.
const dist = fileURLToPath(new URL("./node_modules/arm-network-36/dist/esm/", import.meta.url));
const mappers = await import(`${dist}models/mappers.js`);
const known = await import(`${dist}models/index.js`);
const enums = readEnums(readFileSync(`${dist}models/index.d.ts`, "utf8"));
// Members that the service sends although no model lists them: seen in replies quoted in the public issues of
// terraform-provider-azurerm (#3496, #25690) and in ARM's own exports. A client must read past them, so the sandbox sends them too.
const unmodelled = {
  ExpressRouteCircuit: ["allowGlobalReach", "resourceGuid"],
  VirtualNetworkGateway: ["isMigrateToCSES", "packetCaptureDiagnosticState"],
  VirtualNetworkGatewayIPConfiguration: ["type"],
  // Published examples of connections carry an empty one.
  VirtualNetworkConnectionGatewayReference: ["properties"],
};
const secret = "{{secret}}";

const kinds = {
  expressroutecircuits: "ExpressRouteCircuit",
  expressrouteserviceproviders: "ExpressRouteServiceProvider", "expressroutecircuits/peerings": "ExpressRouteCircuitPeering",
  "expressroutecircuits/authorizations": "ExpressRouteCircuitAuthorization", virtualnetworkgateways: "VirtualNetworkGateway",
  connections: "VirtualNetworkGatewayConnection", "connections/sharedkey": "ConnectionSharedKey",
  localnetworkgateways: "LocalNetworkGateway", publicipaddresses: "PublicIPAddress", virtualnetworks: "VirtualNetwork",
  "virtualnetworks/subnets": "Subnet",
  "virtualnetworkgateways/connections": "VirtualNetworkGatewayConnectionListEntity", networkinterfaces: "NetworkInterface", routetables: "RouteTable",
};
const actions = {
  getbgppeerstatus: "BgpPeerStatusListResult", getlearnedroutes: "GatewayRouteListResult", getadvertisedroutes: "GatewayRouteListResult",
  routetables: "ExpressRouteCircuitsRoutesTableListResult", arptables: "ExpressRouteCircuitsArpTableListResult",
  effectiveroutetable: "EffectiveRouteListResult",
};

/** Class → member → name of the enumeration that the declarations give it. */
function readEnums(text) {
  const classes = {};
  for (const [, name, base, body] of text.matchAll(/^export interface (\w+)(?: extends (\w+))? \{\n([\s\S]*?)^\}/gm)) {
    classes[name] = { base, members: Object.fromEntries([...body.matchAll(/^ {4}(?:readonly )?(\w+)\??: (\w+)(?:\[\])?;/gm)].map((m) => [m[1], m[2]])) };
  }
  return (name, member) => {
    for (let at = name; classes[at]; at = classes[at].base) {
      if (classes[at].members[member]) return classes[at].members[member];
    }
    return null;
  };
}

const violations = {};
const operations = {};
const pending = {};

function violate(operation, where, what) {
  const key = `${operation} ${where}: ${what}`;
  violations[key] = (violations[key] ?? 0) + 1;
}

/** The members of a model by their place in the JSON: "properties.foo" is foo inside properties. */
function tree(mapper) {
  const root = { children: {} };
  for (const [name, property] of Object.entries(mapper.type.modelProperties ?? {})) {
    let node = root;
    for (const part of property.serializedName.split(/(?<!\\)\./).map((text) => text.replaceAll("\\.", "."))) {
      node = node.children[part] ??= { children: {} };
    }
    node.property = property;
    node.name = name;
  }
  return root;
}

function judge(operation, where, type, value, sent, className, member) {
  if (value === null || value === secret) return;
  const wrong = (kind) => violate(operation, where, `${JSON.stringify(value).slice(0, 60)} where the model has ${kind}`);
  switch (type.name) {
    case "Composite": {
      const mapper = type.modelProperties ? { type } : mappers[type.className];
      if (typeof value !== "object" || Array.isArray(value)) return wrong(type.className);
      return members(operation, where, mapper, tree(mapper), value, sent);
    }
    case "Sequence":
      if (!Array.isArray(value)) return wrong("a list");
      return value.forEach((item) => judge(operation, `${where}[]`, type.element.type, item, sent, className, member));
    case "Dictionary":
      if (typeof value !== "object" || Array.isArray(value)) return wrong("a dictionary");
      return Object.entries(value).forEach(([key, item]) => judge(operation, `${where}.*`, type.value.type, item, sent));
    case "String": case "Uuid": case "DateTime": case "Enum": {
      if (typeof value !== "string") return wrong(type.name);
      const name = className && enums(className, member);
      const values = type.allowedValues ?? (name && known[`Known${name}`] && Object.values(known[`Known${name}`]));
      if (values && !values.includes(value)) violate(operation, where, `${value} is not one of ${values.join(", ")}`);
      return;
    }
    case "Number": return typeof value === "number" ? undefined : wrong("a number");
    case "Boolean": return typeof value === "boolean" ? undefined : wrong("a boolean");
    default: return;
  }
}

function members(operation, where, mapper, node, value, sent) {
  for (const [key, item] of Object.entries(value)) {
    const child = node.children[key];
    if (!child) {
      const sentAnyway = !sent && unmodelled[mapper.type.className]?.includes(key);
      if (!mapper.type.additionalProperties && !sentAnyway) violate(operation, where, `unknown member ${key}`);
    } else if (child.property) {
      if (sent && child.property.readOnly) violate(operation, where, `read-only member ${key} is sent`);
      judge(operation, `${where}.${key}`, child.property.type, item, sent, mapper.type.className, child.name);
    } else if (item && typeof item === "object") {
      members(operation, `${where}.${key}`, mapper, child, item, sent);
    } else {
      violate(operation, where, `${key} is no object`);
    }
  }
  for (const [key, child] of Object.entries(node.children)) {
    if (child.property?.required && !child.property.readOnly && !(key in value)) violate(operation, where, `required member ${key} is missing`);
  }
}

function kindOf(path) {
  const [, tail] = path.split(/\/providers\/microsoft\.network\//i);
  // What another provider says of an object of the network, such as the rights on it, is in no model of arm-network.
  if (!tail || /\/providers\//i.test(tail)) return null;
  const parts = tail.split("/");
  if (parts[0].toLowerCase() === "locations") {
    return { operation: parts[2].toLowerCase() === "operationresults" ? pending[parts[3]] : null, model: null };
  }
  const action = Object.keys(actions).find((name) => parts.slice(2).some((part) => part.toLowerCase() === name));
  if (action) return { action, model: actions[action] };
  const names = parts.filter((_, i) => i % 2 === 0).map((part) => part.toLowerCase());
  return { model: kinds[names.join("/")], list: parts.length % 2 === 1 && names.at(-1) !== "sharedkey", kind: names.join("/") };
}

function exchange(line) {
  const { operation, method, path, location, request, status, reply } = JSON.parse(line);
  const kind = kindOf(path);
  if (status >= 400) {
    const error = reply ? JSON.parse(reply).error : null;
    if (!error?.code || !error.message) violate(operation, "reply", "an error without code and message");
    operations[`error ${status}`] = (operations[`error ${status}`] ?? 0) + 1;
    return;
  }
  let model = kind?.model;
  let name = `${method} ${kind?.kind ?? kind?.action ?? ""}`;
  if (kind && kind.model === null) {
    if (!kind.operation || status !== 200 || !reply) return;
    model = kind.operation;
    name = `result ${model}`;
  }
  if (!kind) return;
  if (!model) return violate(operation, "path", `no model for ${path}`);
  operations[name] = (operations[name] ?? 0) + 1;
  if (method === "POST" && location) pending[location.match(/operationResults\/([^?/]+)/i)?.[1]] = model;
  if (request) judge(name, "request", { name: "Composite", className: method === "PATCH" ? "TagsObject" : model }, JSON.parse(request), true);
  if (reply && (status === 200 || status === 201)) {
    const body = JSON.parse(reply);
    if (kind.list) body.value.forEach((item) => judge(name, "reply.value[]", { name: "Composite", className: model }, item, false));
    else judge(name, "reply", { name: "Composite", className: model }, body, false);
  }
}

createInterface({ input: process.stdin }).on("line", exchange).on("close", () => {
  process.stdout.write(JSON.stringify({ operations, violations }));
});

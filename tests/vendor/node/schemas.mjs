// Prints the shapes that the JavaScript clients know, by name: {"ec2":{"TransitGatewayOptions":{"dnsSupport":["DnsSupport",null],…}}}
// Wire name → [query name, name of the structure behind it]. They are newer than Debian's service models.
import * as ec2 from "@aws-sdk/client-ec2";
import * as directconnect from "@aws-sdk/client-direct-connect";
import * as sts from "@aws-sdk/client-sts";

/** A member's schema may be a thunk, a list of something, or a pair of schema and traits. */
function target(schema) {
  if (typeof schema === "function") return target(schema());
  if (!Array.isArray(schema)) return null;
  if (schema[0] === 3) return schema[2];
  if (schema[0] === 1) return target(schema[4]);
  return Array.isArray(schema[0]) || typeof schema[0] === "function" ? target(schema[0]) : null;
}

const services = {};
for (const [name, module] of Object.entries({ ec2, directconnect, sts })) {
  const shapes = {};
  for (const [key, schema] of Object.entries(module)) {
    if (!key.endsWith("$") || !Array.isArray(schema) || schema[0] !== 3) continue;
    shapes[schema[2]] = Object.fromEntries(schema[4].map((member, i) => {
      const traits = Array.isArray(schema[5][i]) ? schema[5][i].at(-1) : null;
      const wire = traits && !Array.isArray(traits) && typeof traits === "object" ? traits : {};
      return [wire.xmlName ?? wire.jsonName ?? member, [wire.ec2QueryName ?? member, target(schema[5][i])]];
    }));
  }
  services[name] = shapes;
}
process.stdout.write(JSON.stringify(services));

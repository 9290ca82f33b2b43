// Drives the vendors' own JavaScript clients for the Python side: one JSON request a line in, one JSON answer a line out.
//   {"id":1,"client":"ec2","call":"DescribeVpcs","input":{…}}                     one call
//   {"id":2,"client":"ec2","call":"DescribeVpcs","input":{…},"pages":{"pageSize":5}}  every page, by the vendor's paginator
//   {"id":3,"client":"ec2","wait":"VpnConnectionAvailable","input":{…}}           the vendor's waiter
//   {"id":4,"client":"arm36","group":"virtualNetworks","call":"get","args":[…]}   ARM: promise, poller or async iterator
// Only loopback endpoints are ever reached: they come from the sandbox's own environment.
import { createInterface } from "node:readline";
import * as ec2 from "@aws-sdk/client-ec2";
import * as directconnect from "@aws-sdk/client-direct-connect";
import * as sts from "@aws-sdk/client-sts";
import * as arm36 from "arm-network-36";
import * as arm39 from "arm-network-39";

const env = process.env;
const aws = {
  endpoint: env.AWS_ENDPOINT_URL,
  region: env.AWS_REGION,
  credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY },
  maxAttempts: 2,
};

/** The bearer token, got as any program gets it: client credentials from the tenant's token endpoint. */
const credential = {
  held: null,
  async getToken() {
    if (!this.held || this.held.expiresOnTimestamp < Date.now() + 60_000) {
      const reply = await fetch(`${env.AZURE_AUTHORITY_HOST}/${env.AZURE_TENANT_ID}/oauth2/v2.0/token`, {
        method: "POST",
        body: new URLSearchParams({
          grant_type: "client_credentials",
          client_id: env.AZURE_CLIENT_ID,
          client_secret: env.AZURE_CLIENT_SECRET,
          scope: "https://management.azure.com/.default",
        }),
      });
      const body = await reply.json();
      if (!reply.ok) throw new Error(`token endpoint: ${reply.status} ${body.error}`);
      this.held = { token: body.access_token, expiresOnTimestamp: Date.now() + body.expires_in * 1000 };
    }
    return this.held;
  },
};

/**
 * The sandbox runs in scaled time, and Retry-After counts its seconds. A real wait of ten seconds would be hours there, so the
 * header is divided by the speed: poll at once, after a breath.
 */
const scaledRetryAfter = {
  name: "scaledRetryAfter",
  async sendRequest(request, next) {
    const response = await next(request);
    if (response.status < 300) response.headers.delete("retry-after");
    return response;
  },
};

function arm(module) {
  const client = new module.NetworkManagementClient(credential, env.AZURE_SUBSCRIPTION_ID, {
    endpoint: env.SEALANE_ARM_ENDPOINT,
    $host: env.SEALANE_ARM_ENDPOINT,
    retryOptions: { maxRetries: 1 },
  });
  client.pipeline.addPolicy(scaledRetryAfter);
  return client;
}

const clients = {
  ec2: { module: ec2, client: new ec2.EC2Client(aws) },
  directconnect: { module: directconnect, client: new directconnect.DirectConnectClient(aws) },
  sts: { module: sts, client: new sts.STSClient(aws) },
  arm36: { client: arm(arm36) },
  arm39: { client: arm(arm39) },
};

async function callAws({ module, client }, request) {
  if (request.wait) {
    const outcome = await module[`waitUntil${request.wait}`](
      { client, maxWaitTime: request.maxWaitTime ?? 60, minDelay: 1, maxDelay: 1 }, request.input ?? {});
    return { state: outcome.state };
  }
  if (request.pages) {
    const pages = [];
    for await (const page of module[`paginate${request.call}`]({ client, ...request.pages }, request.input ?? {})) {
      delete page.$metadata;
      pages.push(page);
    }
    return { pages };
  }
  const output = await client.send(new module[`${request.call}Command`](request.input ?? {}));
  if (!output.$metadata.requestId) throw new Error("the reply carries no request id");
  delete output.$metadata;
  return output;
}

async function callArm({ client }, request) {
  const group = client[request.group];
  if (typeof group?.[request.call] !== "function") throw new Error(`no ${request.group}.${request.call} in ${request.client}`);
  const args = [...(request.args ?? [])];
  const long = request.call.endsWith("AndWait") || request.poll;
  if (long || request.options) args.push({ ...(request.options ?? {}), ...(long ? { updateIntervalInMs: 50 } : {}) });
  const result = group[request.call](...args);
  if (result && typeof result.byPage === "function") {
    const items = [];
    for await (const item of result) items.push(item);
    return { items };
  }
  if (result && typeof result.pollUntilDone === "function") return (await result.pollUntilDone()) ?? null;
  return (await result) ?? null;
}

function failure(error) {
  return {
    name: error.name,
    code: error.code ?? error.Code ?? error.details?.error?.code ?? null,
    status: error.statusCode ?? error.$metadata?.httpStatusCode ?? null,
    message: String(error.message).slice(0, 600),
  };
}

async function answer(line) {
  const request = JSON.parse(line);
  const entry = clients[request.client];
  let reply;
  try {
    const value = entry.module ? await callAws(entry, request) : await callArm(entry, request);
    reply = { id: request.id, value };
  } catch (error) {
    reply = { id: request.id, error: failure(error) };
  }
  process.stdout.write(`${JSON.stringify(reply, (_, value) => (typeof value === "bigint" ? Number(value) : value))}\n`);
}

createInterface({ input: process.stdin }).on("line", answer);

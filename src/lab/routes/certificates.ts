import { createCertificate } from "../certificate.ts";
import { die, parameterRefusal, Refusal } from "../refusal.ts";
import { acmeDomains } from "../state/node-acme.ts";
import { directory, hostOf, nodeName } from "./node-of.ts";
import { type Call, flag, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

/** Days before its end at which a certificate may be renewed. */
const RENEWAL_DAYS = 30;
/** Days for which an authority signs. */
const ORDERED_DAYS = 90;

function acmeConfig(call: Call): { account: string; domains: string[] } {
  const config = acmeDomains(hostOf(call).config.read() as Record<string, string>);
  if (config.domains.length === 0) throw new Refusal(400, "ACME domain list in node configuration is missing!");
  return config;
}

/** An order with the authority: without an account it fails in its worker. */
function acmeTask(
  call: Call,
  type: string,
  lines: (domains: string[]) => string[],
  done?: () => void,
): { data: string } {
  const { account, domains } = acmeConfig(call);
  return startTask(call, {
    node: nodeName(call),
    type,
    id: "",
    weight: 2,
    work: (task) => {
      if (!call.state.datacenter.acmeAccounts.has(account))
        throw new Error(`ACME account config file '${account}' does not exist.`);
      task.log.push("Loading ACME account details", ...lines(domains));
      done?.();
      return undefined;
    },
  });
}

function orderLines(domains: string[]): string[] {
  return [
    "Placing ACME order",
    ...domains.map((domain) => `The validation for ${domain} is pending!`),
    "All domains validated!",
    "Downloading certificate",
    "Setting pveproxy certificate and key",
    "Restarting pveproxy",
  ];
}

/** What an order leaves behind: a certificate for the node's domains, in the place of one that an operator brings. */
async function ordered(call: Call): Promise<() => void> {
  const { domains } = acmeConfig(call);
  const { certificates } = hostOf(call);
  const { certificate, key } = await createCertificate(domains[0]!, domains, [], ORDERED_DAYS);
  return () => {
    certificates.custom = { certificate, key };
  };
}

async function order(call: Call): Promise<{ data: string }> {
  const { certificates } = hostOf(call);
  if (certificates.custom && !flag(call, "force"))
    throw parameterRefusal({ force: "Custom certificate exists but 'force' is not set." });
  return acmeTask(call, "acmenewcert", orderLines, await ordered(call));
}

async function renew(call: Call): Promise<{ data: string }> {
  const { certificates } = hostOf(call);
  if (!certificates.custom) throw die("No current (custom) certificate found, please order a new certificate!");
  if (certificates.daysLeft > RENEWAL_DAYS && !flag(call, "force"))
    throw parameterRefusal({
      force: "Certificate does not expire within the next 30 days, and 'force' is not set.",
    });
  const lines = (domains: string[]) => [...orderLines(domains), "Revoking old certificate"];
  return acmeTask(call, "acmerenew", lines, await ordered(call));
}

function revoke(call: Call): { data: string } {
  const { certificates } = hostOf(call);
  acmeConfig(call);
  if (!certificates.custom)
    throw die(`can't open '/etc/pve/nodes/${nodeName(call)}/pveproxy-ssl.pem' - No such file or directory`);
  return acmeTask(
    call,
    "acmerevoke",
    () => [
      "Revoking old certificate",
      "Deleting certificate files",
      "Restarting pveproxy to revert to self-signed certificates",
    ],
    () => {
      certificates.custom = undefined;
    },
  );
}

/** Certificates of a node's API. */
export const certificateRoutes: readonly Route[] = [
  directory("GET /nodes/{node}/certificates", "acme custom info", "name", true),
  {
    id: "GET /nodes/{node}/certificates/info",
    run: async (call) => ({ data: await hostOf(call).certificates.list() }),
  },
  {
    id: "POST /nodes/{node}/certificates/custom",
    run: (call) => ({
      data: hostOf(call).certificates.upload(text(call, "certificates")!, text(call, "key"), flag(call, "force")),
    }),
  },
  {
    id: "DELETE /nodes/{node}/certificates/custom",
    run: (call) => {
      hostOf(call).certificates.custom = undefined;
      return { data: null };
    },
  },
  directory("GET /nodes/{node}/certificates/acme", "certificate", "name", true),
  { id: "POST /nodes/{node}/certificates/acme/certificate", run: order },
  { id: "PUT /nodes/{node}/certificates/acme/certificate", run: renew },
  { id: "DELETE /nodes/{node}/certificates/acme/certificate", run: revoke },
];

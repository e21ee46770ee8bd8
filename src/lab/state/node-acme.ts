import { parameterRefusal } from "../refusal.ts";

/** Domains of a node's certificate and the account that orders it; refuses a domain that is named twice. */
export function acmeDomains(config: Readonly<Record<string, string>>): { account: string; domains: string[] } {
  const owners = new Map<string, string>();
  const claim = (domain: string, key: string): void => {
    const name = domain.toLowerCase();
    const owner = owners.get(name);
    if (owner !== undefined)
      throw parameterRefusal({
        [key]:
          owner === key
            ? `duplicate domain '${name}'`
            : `duplicate domain '${name}' in ACME config properties '${owner}' and '${key}'`,
      });
    owners.set(name, key);
  };
  let account = "default";
  for (const part of (config.acme ?? "").split(",")) {
    const [key = "", value = ""] = part.split("=");
    if (key === "account" && value !== "") account = value;
    if (key === "domains") for (const domain of value.split(";").filter((one) => one !== "")) claim(domain, "acme");
  }
  for (const [key, value] of Object.entries(config)) {
    if (!/^acmedomain\d+$/.test(key)) continue;
    const first = value.split(",")[0] ?? "";
    claim(/(?:^|,)domain=([^,]+)/.exec(value)?.[1] ?? first, key);
  }
  return { account, domains: [...owners.keys()] };
}

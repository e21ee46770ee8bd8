import type { Builder } from "./build.ts";

const ROLES = ["web", "db", "cache", "queue", "mail", "git", "ci", "dns", "proxy", "mon", "log", "vpn", "wiki", "app"];
const SITES = ["ams", "ber", "cph", "dub", "lis", "osl", "par", "vie"];
const TAGS = ["prod", "test", "dev", "infra", "customer-a", "customer-b"];

/** Fills a cluster with unremarkable guests, spread over its nodes. */
export function crowd(builder: Builder, first: number, count: number): void {
  const { random, state } = builder;
  const nodes = [...state.nodes.keys()];
  for (let i = 0; i < count; i += 1) {
    const vmid = first + i;
    const node = random.pick(nodes);
    const name = `${random.pick(ROLES)}-${random.pick(SITES)}-${vmid}`;
    const extra: Record<string, string> = random.chance(0.6)
      ? { tags: [...new Set([random.pick(TAGS), random.pick(TAGS)])].sort().join(";") }
      : {};
    const options = { running: random.chance(0.75), storage: random.chance(0.3) ? "nfs" : "local-lvm", extra };
    if (random.chance(0.3)) builder.ct(vmid, node, name, options);
    else builder.vm(vmid, node, name, { ...options, agent: random.chance(0.8) });
  }
}

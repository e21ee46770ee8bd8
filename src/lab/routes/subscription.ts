import { nowSeconds } from "../clock.ts";
import { die } from "../refusal.ts";
import { hostOf } from "./node-of.ts";
import { type Call, type Route, text } from "./route.ts";

const URL = "https://www.proxmox.com/en/proxmox-virtual-environment/pricing";
const KEY = /^pve([1248])([cbsp])-[0-9a-f]{10}$/;
const LEVELS: Readonly<Record<string, string>> = { c: "Community", b: "Basic", s: "Standard", p: "Premium" };

function show(call: Call): Record<string, unknown> {
  const { subscription, profile } = hostOf(call);
  const fixed = { serverid: profile.serverid, url: URL };
  if (!subscription) return { ...fixed, status: "notfound", message: "There is no subscription key" };
  const [, sockets = "1", level = "c"] = KEY.exec(subscription.key) ?? [];
  return {
    ...fixed,
    key: subscription.key,
    status: subscription.status,
    level,
    sockets: Number(sockets),
    productname: `Proxmox VE ${LEVELS[level]} Subscription ${sockets} CPU/year`,
    ...(subscription.checktime === undefined ? {} : { checktime: subscription.checktime }),
  };
}

function set(call: Call): null {
  const key = (text(call, "key") ?? "").trim();
  if (!KEY.test(key)) throw die("Wrong subscription key format");
  hostOf(call).subscription = { key, status: "new" };
  return null;
}

/** Nobody sells keys for a simulated cluster: what is asked about is not valid. */
function check(call: Call): null {
  const { subscription } = hostOf(call);
  if (subscription) Object.assign(subscription, { status: "invalid", checktime: nowSeconds() });
  return null;
}

/** The subscription key of a node. */
export const subscriptionRoutes: readonly Route[] = [
  { id: "GET /nodes/{node}/subscription", run: (call) => ({ data: show(call) }) },
  { id: "PUT /nodes/{node}/subscription", run: (call) => ({ data: set(call) }) },
  { id: "POST /nodes/{node}/subscription", run: (call) => ({ data: check(call) }) },
  {
    id: "DELETE /nodes/{node}/subscription",
    run: (call) => {
      hostOf(call).subscription = undefined;
      return { data: null };
    },
  },
];

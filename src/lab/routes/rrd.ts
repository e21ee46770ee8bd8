import { die } from "../refusal.ts";
import { guestSeries, hasGuestFigures, nodeSeries, rrdImage } from "../state/rrd.ts";
import type { LabGuest } from "../state/types.ts";
import { nodeName } from "./node-of.ts";
import { type Call, int, type Route, text } from "./route.ts";

function timeframe(call: Call): string {
  return text(call, "timeframe") ?? "hour";
}

function guestOf(call: Call): LabGuest | undefined {
  return call.state.guests.get(int(call, "vmid") ?? 0);
}

function guestImage(call: Call): unknown {
  const guest = guestOf(call);
  if (!guest || !hasGuestFigures(call.state, guest))
    throw die(`RRD error: realpath(/var/lib/rrdcached/db/pve2-vm/${text(call, "vmid")}): No such file or directory`);
  return rrdImage(`pve-vm-9.0/${guest.vmid}`, text(call, "ds") ?? "");
}

/** Past load of nodes and guests; each node has the figures of all, so it answers itself. */
export const rrdRoutes: readonly Route[] = [
  {
    id: "GET /nodes/{node}/rrddata",
    local: true,
    run: (call) => ({ data: nodeSeries(call.state, nodeName(call), timeframe(call)) }),
  },
  {
    id: "GET /nodes/{node}/rrd",
    local: true,
    run: (call) => ({ data: rrdImage(`pve-node-9.0/${nodeName(call)}`, text(call, "ds") ?? "") }),
  },
  ...["qemu", "lxc"].flatMap((type): Route[] => [
    {
      id: `GET /nodes/{node}/${type}/{vmid}/rrddata`,
      local: true,
      run: (call) => ({ data: guestSeries(call.state, guestOf(call), timeframe(call)) }),
    },
    {
      id: `GET /nodes/{node}/${type}/{vmid}/rrd`,
      local: true,
      run: (call) => ({ data: guestImage(call) }),
    },
  ]),
];

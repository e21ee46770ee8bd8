import { nodeSeries, rrdImage } from "../state/rrd.ts";
import { nodeName } from "./node-of.ts";
import { type Route, text } from "./route.ts";

/** Past load of a node; the answering node has the figures of all. */
export const rrdRoutes: readonly Route[] = [
  {
    id: "GET /nodes/{node}/rrddata",
    local: true,
    run: (call) => ({ data: nodeSeries(call.state, nodeName(call), text(call, "timeframe") ?? "hour") }),
  },
  {
    id: "GET /nodes/{node}/rrd",
    local: true,
    run: (call) => ({ data: rrdImage(`pve-node-9.0/${nodeName(call)}`, text(call, "ds") ?? "") }),
  },
];

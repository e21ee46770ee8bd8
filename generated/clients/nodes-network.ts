// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-network.ts";

/** See a node's network interfaces: bridges, bonds, VLANs and NICs. */
export function getNodesNetwork(send: Send, params: T.GetNodesNetworkParams, options?: SendOptions): Promise<Answer<T.GetNodesNetworkResult>> {
  return send("GET /nodes/{node}/network", params, options);
}

/** Create a bridge (vmbr), bond or VLAN interface on a node. */
export function postNodesNetwork(send: Send, params: T.PostNodesNetworkParams, options?: SendOptions): Promise<Answer<T.PostNodesNetworkResult>> {
  return send("POST /nodes/{node}/network", params, options);
}

/** Apply a node's pending network edits (ifreload). */
export function putNodesNetwork(send: Send, params: T.PutNodesNetworkParams, options?: SendOptions): Promise<Answer<T.PutNodesNetworkResult>> {
  return send("PUT /nodes/{node}/network", params, options);
}

/** Discard a node's unapplied network edits. */
export function deleteNodesNetwork(send: Send, params: T.DeleteNodesNetworkParams, options?: SendOptions): Promise<Answer<T.DeleteNodesNetworkResult>> {
  return send("DELETE /nodes/{node}/network", params, options);
}

/** Look up addresses and ports of one network interface on a node. */
export function getNodesNetworkByIface(send: Send, params: T.GetNodesNetworkByIfaceParams, options?: SendOptions): Promise<Answer<T.GetNodesNetworkByIfaceResult>> {
  return send("GET /nodes/{node}/network/{iface}", params, options);
}

/** Change address, gateway, ports, MTU or VLANs of a node's interface. */
export function putNodesNetworkByIface(send: Send, params: T.PutNodesNetworkByIfaceParams, options?: SendOptions): Promise<Answer<T.PutNodesNetworkByIfaceResult>> {
  return send("PUT /nodes/{node}/network/{iface}", params, options);
}

/** Remove a bridge, bond or VLAN interface from a node's settings. */
export function deleteNodesNetworkByIface(send: Send, params: T.DeleteNodesNetworkByIfaceParams, options?: SendOptions): Promise<Answer<T.DeleteNodesNetworkByIfaceResult>> {
  return send("DELETE /nodes/{node}/network/{iface}", params, options);
}

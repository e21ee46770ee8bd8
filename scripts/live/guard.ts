import { MARK, type Range } from "./guests.ts";

const CHANGES = ["mutate", "destructive", "escape"];
const LAST_VMID = 999_999_999;

/** What makes a guest: it has no tag yet. */
const MAKES = ["POST /nodes/{node}/qemu", "POST /nodes/{node}/lxc", "POST /nodes/{node}/qemu/{vmid}/clone"];

/** What a run does beside guests, under names of its own. */
const BESIDE = [
  "POST /cluster/mapping/pci",
  "PUT /cluster/mapping/pci/{id}",
  "DELETE /cluster/mapping/pci/{id}",
  "POST /nodes/{node}/storage/{storage}/download-url",
  "DELETE /nodes/{node}/storage/{storage}/content/{volume}",
  "RUN /nodes/{node}/snippets/*",
  // Of tasks that the server under test has started itself: it takes no other's.
  "DELETE /nodes/{node}/tasks/{upid}",
];

/** Commands on nodes are bound by what the scenario sends, and by no policy. */
const ON_NODES = ["RUN /nodes/{node}/shell", "RUN /nodes/{node}/terminal", "RUN /nodes/{node}/file/*"];

/** By which such commands go where there is no SSH. */
const CONSOLE_OF_NODE = ["POST /nodes/{node}/termproxy", "GET /nodes/{node}/vncwebsocket"];

/**
 * The policy of the server under test: it may change guests in the range that carry the mark, and a few things beside
 * guests; whatever names another guest is refused first of all.
 */
export function guardPolicy(
  { first, last }: Range,
  options: { template?: number; nodeCommands?: boolean } = {},
): object {
  const own = `${first}-${last}`;
  const others = [`100-${first - 1}`, `${last + 1}-${LAST_VMID}`];
  return {
    version: 1,
    rules: [
      ...(options.template === undefined
        ? []
        : [
            { name: "the template is cloned", effect: "allow", match: { operation: MAKES[2], vmid: options.template } },
          ]),
      { name: "others' guests", effect: "deny", match: { class: CHANGES, vmid: others } },
      { name: "new guests", effect: "allow", match: { operation: MAKES, vmid: own } },
      { name: "commands in own guests", effect: "confirm", match: { class: "escape", vmid: own, tag: MARK } },
      { name: "own guests", effect: "allow", match: { vmid: own, tag: MARK } },
      { name: "beside guests", effect: "allow", match: { operation: BESIDE } },
      { name: "looks on nodes", effect: "confirm", match: { cli: "pvesh", argv: "get /version **" } },
      ...(options.nodeCommands
        ? [
            { name: "nodes", effect: "confirm", match: { operation: ON_NODES } },
            { name: "consoles of nodes", effect: "allow", match: { operation: CONSOLE_OF_NODE } },
          ]
        : []),
      { name: "nothing else", effect: "deny", match: { class: CHANGES } },
    ],
  };
}

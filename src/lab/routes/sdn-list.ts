import { die } from "../refusal.ts";
import type { Objects, SdnKind } from "../state/sdn.ts";
import type { Section } from "../state/section-config.ts";
import { type Call, flag, may, text } from "./route.ts";

/** Which of the three views a call wants: what will be, what is, or what is configured. */
export function viewOf(call: Call, kind: SdnKind): { objects: Objects; digest: string | null } {
  const { sdn } = call.state.datacenter;
  if (flag(call, "pending")) return { objects: sdn.pendingOf(kind), digest: null };
  if (flag(call, "running")) return { objects: sdn.runningOf(kind), digest: null };
  return { objects: Object.fromEntries(sdn[kind].ids.map((id) => [id, sdn[kind].get(id)!])), digest: sdn[kind].digest };
}

/** Whether the caller may see something of the network, at least. */
export function maySee(call: Call, path: string): boolean {
  return may(call, path, "SDN.Audit") || may(call, path, "SDN.Allocate");
}

/** Objects of a view, sorted, as a list of rows. */
export function rowsOf(call: Call, kind: SdnKind, show: (id: string, object: Section) => Section): Section[] {
  const { objects, digest } = viewOf(call, kind);
  const type = text(call, "type");
  return Object.keys(objects)
    .sort()
    .filter((id) => type === undefined || objects[id]!.type === type)
    .map((id) => ({ ...show(id, objects[id]!), digest }));
}

/** One object of a view, or the complaint that it is not there. */
export function rowOf(
  call: Call,
  kind: SdnKind,
  id: string,
  missing: string,
  show: (id: string, object: Section) => Section,
): Section {
  const { objects, digest } = viewOf(call, kind);
  const object = objects[id];
  if (!object) throw die(missing);
  return { ...show(id, object), digest };
}

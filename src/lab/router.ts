import type { Route } from "./routes/route.ts";

interface Step {
  fixed: Map<string, Step>;
  variable?: { name: string; step: Step };
  /** Operation ids by method. */
  operations: Map<string, string>;
}

/** Parameters that take the rest of the path, slashes included (pve-facts 19). */
const GREEDY = new Set(["volume", "cidr"]);

export interface Match {
  /** Method and path template. */
  id: string;
  /** Absent when the operation is documented but not simulated. */
  route?: Route;
  pathParams: Record<string, string>;
}

/** Finds the operation that a method and a path name. */
export class Router {
  readonly #root: Step = { fixed: new Map(), operations: new Map() };
  readonly #routes = new Map<string, Route>();

  constructor(routes: readonly Route[], documented: Iterable<string>) {
    for (const route of routes) {
      this.#routes.set(route.id, route);
      this.#add(route.id);
    }
    for (const id of documented) this.#add(id);
  }

  #add(id: string): void {
    const [method = "", path = ""] = id.split(" ");
    let step = this.#root;
    for (const part of path.split("/").filter((part) => part !== "")) {
      const name = /^\{(.+)\}$/.exec(part)?.[1];
      if (name !== undefined) {
        step.variable ??= { name, step: { fixed: new Map(), operations: new Map() } };
        step = step.variable.step;
      } else {
        let next = step.fixed.get(part);
        if (!next) {
          next = { fixed: new Map(), operations: new Map() };
          step.fixed.set(part, next);
        }
        step = next;
      }
    }
    step.operations.set(method, id);
  }

  /** `path` is already unescaped; runs of slashes count as one. */
  find(method: string, path: string): Match | undefined {
    // No path with a blank in it names anything.
    if (/\s/.test(path)) return undefined;
    const parts = path.split(/\/+/).filter((part) => part !== "");
    const pathParams: Record<string, string> = {};
    let step = this.#root;
    for (let i = 0; i < parts.length; i += 1) {
      const part = parts[i]!;
      const next = step.fixed.get(part);
      if (next) {
        step = next;
        continue;
      }
      if (!step.variable) return undefined;
      const { name } = step.variable;
      step = step.variable.step;
      if (GREEDY.has(name)) {
        pathParams[name] = parts.slice(i).join("/");
        break;
      }
      pathParams[name] = part;
    }
    const id = step.operations.get(method);
    if (id === undefined) return undefined;
    const route = this.#routes.get(id);
    return { id, pathParams, ...(route ? { route } : {}) };
  }
}

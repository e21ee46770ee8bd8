import { parameterRefusal } from "../refusal.ts";
import type { Route } from "./route.ts";

/** The top of the API, which the schema does not document. */
export const ROOT_INDEX = "GET /";

const CHILDREN = ["version", "cluster", "nodes", "storage", "access", "pools"];
const UNKNOWN = "property is not defined in schema and the schema does not allow additional properties";

/** The list of everything's beginnings. */
export const rootRoutes: readonly Route[] = [
  {
    id: ROOT_INDEX,
    run: ({ params }) => {
      const unknown = Object.keys(params);
      if (unknown.length > 0) throw parameterRefusal(Object.fromEntries(unknown.map((name) => [name, UNKNOWN])));
      return { data: CHILDREN.map((subdir) => ({ subdir })) };
    },
  },
];

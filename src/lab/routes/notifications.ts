import { Refusal } from "../refusal.ts";
import { ENDPOINT_TYPES, type NotificationState } from "../state/notification.ts";
import { type Section, splitList, storable } from "../state/section-config.ts";
import { directory } from "./crud.ts";
import { type Call, may, type Route, text } from "./route.ts";

const ROOT = "/cluster/notifications";

/** Values that are kept apart and never given out, by kind. */
const SECRET: Readonly<Record<string, string>> = { gotify: "token", smtp: "password", webhook: "secret" };

function stateOf(call: Call): NotificationState {
  return call.state.datacenter.notifications;
}

function nameOf(call: Call): string {
  return text(call, "name") ?? "";
}

/** Secrets of a webhook are listed without their values. */
function secretNames(values: unknown): string[] {
  return splitList(values).filter((part) => part.startsWith("name="));
}

function shown(state: NotificationState, name: string): Section {
  const { type, ...values } = state.config.get(name)!;
  const secrets = type === "webhook" ? secretNames(state.secrets.get(name)?.secret) : [];
  return { ...values, name, origin: state.origin(name), ...(secrets.length > 0 ? { secret: secrets } : {}) };
}

function find(state: NotificationState, type: string, name: string): Section {
  const section = state.config.get(name);
  if (section?.type !== type)
    throw new Refusal(404, `${type === "matcher" ? "matcher" : "endpoint"} '${name}' not found`);
  return section;
}

/** Splits what was given into open and secret values. */
function valuesOf(call: Call, type: string, operation: string): { open: Section; secret: Section } {
  const { name: _, digest: __, delete: ___, ...rest } = call.params;
  const { [SECRET[type] ?? ""]: hidden, ...open } = storable(operation, rest);
  return { open, secret: hidden === undefined ? {} : { [SECRET[type]!]: hidden } };
}

function check(state: NotificationState, type: string, section: Section): void {
  if (type === "matcher")
    for (const target of splitList(section.target))
      if (!state.isEndpoint(target)) throw new Refusal(404, `endpoint '${target}' does not exist`);
  if ((type === "sendmail" || type === "smtp") && !section.mailto && !section["mailto-user"])
    throw new Refusal(400, "must at least provide one recipient, either in mailto or in mailto-user");
}

function create(call: Call, type: string, operation: string): null {
  const state = stateOf(call);
  const name = nameOf(call);
  if (state.config.has(name))
    throw new Refusal(400, `Cannot create '${name}', an entity with the same name already exists`);
  const { open, secret } = valuesOf(call, type, operation);
  check(state, type, open);
  state.config.set(name, { type, ...open });
  if (Object.keys(secret).length > 0) state.secrets.set(name, secret);
  return null;
}

function update(call: Call, type: string, operation: string): null {
  const state = stateOf(call);
  const name = nameOf(call);
  state.assertUnmodified(call.params.digest);
  const section: Section = { ...find(state, type, name) };
  const secrets = { ...state.secrets.get(name) };
  for (const key of splitList(call.params.delete)) {
    delete section[key];
    delete secrets[key];
  }
  const { open, secret } = valuesOf(call, type, operation);
  Object.assign(section, open);
  check(state, type, section);
  state.config.set(name, section);
  state.secrets.set(name, { ...secrets, ...secret });
  return null;
}

function remove(call: Call, type: string): null {
  const state = stateOf(call);
  const name = nameOf(call);
  find(state, type, name);
  const users = type === "matcher" ? [] : state.referrers(name);
  if (users.length > 0) throw new Refusal(400, `cannot delete '${name}', referenced by: ${users.join(", ")}`);
  state.config.delete(name);
  state.secrets.delete(name);
  return null;
}

function routesOf(path: string, type: string): Route[] {
  const post = `POST ${path}`;
  const put = `PUT ${path}/{name}`;
  return [
    {
      id: `GET ${path}`,
      run: (call) => ({
        data: stateOf(call)
          .names(type)
          .map((name) => shown(stateOf(call), name)),
      }),
    },
    {
      id: `GET ${path}/{name}`,
      run: (call) => {
        const state = stateOf(call);
        find(state, type, nameOf(call));
        return { data: { ...shown(state, nameOf(call)), digest: state.digest } };
      },
    },
    { id: post, writes: true, run: (call) => ({ data: create(call, type, post) }) },
    { id: put, writes: true, run: (call) => ({ data: update(call, type, put) }) },
    { id: `DELETE ${path}/{name}`, writes: true, run: (call) => ({ data: remove(call, type) }) },
  ];
}

function targets(call: Call): Section[] {
  const state = stateOf(call);
  return ENDPOINT_TYPES.flatMap((type) =>
    state.names(type).map((name) => {
      const { comment, disable } = state.config.get(name)!;
      return {
        name,
        type,
        origin: state.origin(name),
        ...(comment === undefined ? {} : { comment }),
        ...(disable === undefined ? {} : { disable }),
      };
    }),
  );
}

const EVENTS = ["package-updates", "fencing", "replication", "vzdump", "system-mail"];

function fieldValues(call: Call): Section[] {
  const { state } = call;
  const jobs = state.datacenter.replication.jobs.ids
    .filter((id) => may(call, `/vms/${id.split("-")[0]}`, "VM.Audit"))
    .map((id) => {
      const { comment } = state.datacenter.replication.jobs.get(id)!;
      return { field: "job-id", value: id, ...(comment === undefined ? {} : { comment }) };
    });
  const backups = may(call, "/", "Sys.Audit")
    ? [...state.backups.jobs].map(([value, { comment }]) => ({
        field: "job-id",
        value,
        ...(comment === undefined ? {} : { comment }),
      }))
    : [];
  return [
    ...EVENTS.map((value) => ({ field: "type", value })),
    ...backups,
    ...jobs,
    ...[...state.nodes.keys()].map((value) => ({ field: "hostname", value })),
  ];
}

function test(call: Call): null {
  const state = stateOf(call);
  const name = nameOf(call);
  if (!state.isEndpoint(name)) throw new Refusal(500, `target '${name}' does not exist`);
  return null;
}

/** Where notifications go, and which. */
export const notificationRoutes: readonly Route[] = [
  directory(ROOT, "name", "endpoints matchers targets matcher-fields matcher-field-values"),
  directory(`${ROOT}/endpoints`, "name", ENDPOINT_TYPES.join(" ")),
  directory(`${ROOT}/matcher-fields`, "name", "type hostname job-id"),
  { id: `GET ${ROOT}/matcher-field-values`, run: (call) => ({ data: fieldValues(call) }) },
  { id: `GET ${ROOT}/targets`, run: (call) => ({ data: targets(call) }) },
  { id: `POST ${ROOT}/targets/{name}/test`, run: (call) => ({ data: test(call) }) },
  ...ENDPOINT_TYPES.flatMap((type) => routesOf(`${ROOT}/endpoints/${type}`, type)),
  ...routesOf(`${ROOT}/matchers`, "matcher"),
];

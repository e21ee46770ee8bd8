import type { OperationId, Send, SendOptions } from "../schema/operation.ts";

/** Reads each thing once, however many want to know of it: one list says how all accounts stand. */
export function readOnce(send: Send): Send {
  const asked = new Map<string, ReturnType<Send>>();
  return <T>(operation: OperationId, params?: object, options?: SendOptions) => {
    const key = JSON.stringify([operation, params]);
    const answer = asked.get(key) ?? send(operation, params, options);
    asked.set(key, answer);
    return answer as ReturnType<typeof send<T>>;
  };
}

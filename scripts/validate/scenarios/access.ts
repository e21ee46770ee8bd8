import { atLeast, having } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

/** Users, their tokens, and groups. */
export const access: Domain = {
  name: "access",
  lab: { seed: "small" },
  scenarios: {
    async proxmox_user_list({ call, fails, lab }) {
      const { access: state } = lab.state;
      state.groups.set("admins", { users: new Set(["alice@pve"]) });
      state.addUser("alice@pve", { expire: 1_000_000 });
      await call({}, { total: atLeast(4), attention: [/^alice@pve expired at 1970-01-12T/] });
      await call({ kind: "token", fields: ["id"] }, { rows: having(["root@pam!lab"]) });
      await fails({ kind: "realm" }, "invalid-arguments");
    },
  },
};

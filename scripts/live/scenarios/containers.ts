import { having } from "../../validate/pattern.ts";
import { MARK } from "../guests.ts";
import type { LiveScenarios, LiveStage } from "../stage.ts";

const done = (type: string) => ({ job: { type, state: "ok" } });
const WITHOUT = "no container template on the node";

/** The run's container: made when the first scenario needs it. */
async function container({ site, use, need }: LiveStage): Promise<number> {
  const ostemplate = need(site.containerTemplate, WITHOUT);
  const rootfs = need(site.storages.rootdir, "no storage for containers");
  const vmid = site.guests.container;
  const { rows } = await use("proxmox_lxc_list", { fields: ["vmid"] });
  if ((rows as [number][]).some(([one]) => one === vmid)) return vmid;
  const params = { vmid, ostemplate, rootfs: `${rootfs}:1`, hostname: MARK, memory: 256, unprivileged: 1, tags: MARK };
  await use(
    "proxmox_api_call",
    { method: "POST", path: `/nodes/${site.node}/lxc`, params },
    { job: { type: "vzcreate", state: /^(ok|warnings)$/ } },
  );
  return vmid;
}

/** Containers, and what is done inside of them by way of their node. */
export const containers: LiveScenarios = {
  async proxmox_lxc_list(stage) {
    const vmid = await container(stage);
    await stage.call({ fields: ["vmid"] }, { rows: having([vmid]) });
  },
  async proxmox_lxc_get(stage) {
    await stage.call({ vmid: await container(stage) }, { name: MARK });
  },
  async proxmox_lxc_action(stage) {
    const vmid = await container(stage);
    await stage.call({ vmid, action: "start" }, { status: "running", ...done("vzstart") });
    await stage.call({ vmid, action: "reboot" }, done("vzreboot"));
    await stage.call({ vmid, action: "shutdown" }, { status: "stopped", ...done("vzshutdown") });
    await stage.call({ vmid, action: "start" }, { status: "running" });
    await stage.confirmed({ vmid, action: "stop" }, { status: "stopped", ...done("vzstop") });
    await stage.call({ vmid, action: "start" }, { status: "running" });
  },
  async proxmox_shell_run(stage) {
    const says = { command: "cat; echo grüße", stdin: "é\n" };
    for (const target of await machines(stage))
      await stage.confirmed({ ...target, ...says }, { exitcode: 0, stdout: "é\ngrüße\n" });
  },
  async proxmox_file_write(stage) {
    for (const target of await machines(stage)) {
      await stage.confirmed({ ...target, path: `/tmp/${MARK}`, content: "größer €\n" }, { verified: true });
    }
  },
  async proxmox_file_read(stage) {
    for (const target of await machines(stage)) {
      await stage.confirmed({ ...target, path: `/tmp/${MARK}` }, { content: "größer €\n", size: 13 });
    }
  },
};

/** Machines that commands and files can be tried on: those that there is a way into. */
async function machines(stage: LiveStage): Promise<{ targetKind: string; target: string | number }[]> {
  const { site } = stage;
  const found = [
    ...(site.template === undefined ? [] : [{ targetKind: "vm", target: site.guests.agent }]),
    ...(site.ssh && site.containerTemplate !== undefined && site.storages.rootdir !== undefined
      ? [{ targetKind: "container", target: await container(stage) }]
      : []),
    ...(site.ssh && site.nodeCommands ? [{ targetKind: "node", target: site.node }] : []),
  ];
  return found.length > 0
    ? found
    : stage.unplayable("no SSH identity, and no PROXMOX_LIVE_TEMPLATE with a guest agent inside");
}

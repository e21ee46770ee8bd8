import { atLeast, having } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

/** Storages and what is on them. */
export const storage: Domain = {
  name: "storage",
  lab: { seed: "medium" },
  scenarios: {
    async proxmox_storage_list({ call }) {
      await call({ content: "images" }, { total: atLeast(2), columns: having("storage") });
    },
    async proxmox_storage_get({ call, fails }) {
      await call({ storage: "local-lvm" }, { storage: "local-lvm", definition: { type: "lvmthin" } });
      await fails({ storage: "local-lmv" }, "unknown-storage");
    },
    async proxmox_storage_download_url({ call, fails }) {
      const file = { url: "https://images.example.org/alpine.iso", content: "iso", storage: "nfs" };
      await call(file, { volume: "nfs:iso/alpine.iso", job: { type: "download", state: "ok" } });
      await fails(file, "already-exists");
    },
    async proxmox_cloud_init_snippet_list({ call, lab }) {
      lab.state.volumes.set("local:snippets/web.yaml", {
        volid: "local:snippets/web.yaml",
        storage: "local",
        node: "pve1",
        content: "snippets",
        format: "snippet",
        size: 812,
        ctime: 0,
      });
      await call({}, { total: 1, storages: ["local"] });
    },
    async proxmox_cloud_init_snippet_delete({ confirmed, fails, lab, check, use }) {
      const put = (params: Record<string, unknown>) =>
        use("proxmox_api_call", { method: "PUT", path: "/nodes/pve1/qemu/101/config", params });
      await put({ ide0: "local-lvm:cloudinit", cicustom: "user=local:snippets/web.yaml" });
      await fails({ volume: "local:snippets/web.yaml" }, "snippet-in-use");
      await put({ delete: "cicustom" });
      await confirmed({ volume: "local:snippets/web.yaml" }, { job: { type: "imgdel", state: "ok" } });
      check(lab.state.volumes.has("local:snippets/web.yaml"), false, "the snippet is there");
    },
  },
};

import type { ConfigEdit, CurrentConfig } from "./config-edit.ts";

const CLOUD_INIT = /^(?:cicustom|cipassword|citype|ciupgrade|ciuser|nameserver|searchdomain|sshkeys|ipconfig\d+)$/;

const DRIVE = /[:/](?:vm-\d+-)?cloudinit\b/;

/** When a change of cloud-init's values reaches the guest, if ever (pve-facts 69). */
export function cloudInitNotes(current: CurrentConfig, edit: Pick<ConfigEdit, "params">): string[] {
  if (!Object.keys(edit.params).some((key) => CLOUD_INIT.test(key))) return [];
  const values = [...Object.values(current), ...Object.values(edit.params).map(String)];
  return values.some((value) => DRIVE.test(value))
    ? ["cloud-init reads its values when the guest boots: they reach it with the next start."]
    : ['The VM has no cloud-init drive, so cloud-init sees none of this: add one, e.g. ide2: "local-lvm:cloudinit".'];
}

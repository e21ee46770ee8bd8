import type { Lab } from "../../src/lab/index.ts";

/** Makes a VM of the medium seed a template in the state itself: its disk of a file storage becomes a base. */
export function makeTemplate(lab: Lab, vmid: number): void {
  const guest = lab.state.guests.get(vmid)!;
  guest.config.template = 1;
  const [volid, ...options] = String(guest.config.scsi0).split(",");
  const disk = lab.state.volumes.get(volid!)!;
  lab.state.volumes.delete(disk.volid);
  disk.volid = volid!.replace(`/vm-${vmid}-`, `/base-${vmid}-`);
  lab.state.volumes.set(disk.volid, disk);
  guest.config.scsi0 = [disk.volid, ...options].join(",");
  lab.state.touch(guest);
}

import { ProxmoxMcpError } from "../../errors/index.ts";

/** The guest is an ordinary VM where a template is wanted. */
export class NotATemplateError extends ProxmoxMcpError {
  constructor(vmid: number, name: string | undefined) {
    super({
      code: "not-a-template",
      message: `VM ${vmid}${name ? ` (${name})` : ""} is not a template.`,
      next: "proxmox_vm_template_list shows the templates; proxmox_vm_get shows an ordinary VM.",
      data: { vmid },
    });
  }
}

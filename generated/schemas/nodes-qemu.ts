// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { indexed, requiring } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.boolean().optional());
const s2 = lazy(() => p.text({"format":"pve-node"}));
const s3 = lazy(() => p.properties({"format":"pve-qm-hostpci"}));
const s4 = lazy(() => p.properties({"keys":{"aio":{"type":"string","optional":true,"enum":["native","threads","io_uring"]},"backup":{"type":"boolean","optional":true},"bps":{"type":"integer","optional":true},"bps_max_length":{"type":"integer","optional":true,"minimum":1},"bps_rd":{"type":"integer","optional":true},"bps_rd_length":{"alias":"bps_rd_max_length"},"bps_rd_max_length":{"type":"integer","optional":true,"minimum":1},"bps_wr":{"type":"integer","optional":true},"bps_wr_length":{"alias":"bps_wr_max_length"},"bps_wr_max_length":{"type":"integer","optional":true,"minimum":1},"cache":{"type":"string","optional":true,"enum":["none","writethrough","writeback","unsafe","directsync"]},"detect_zeroes":{"type":"boolean","optional":true},"discard":{"type":"string","optional":true,"enum":["ignore","on"]},"file":{"type":"string","format":"pve-volume-id-or-qm-path","defaultKey":true},"format":{"type":"string","optional":true,"enum":["raw","qcow","qed","qcow2","vmdk","cloop"]},"import-from":{"type":"string","optional":true,"format":"pve-volume-id-or-absolute-path"},"iops":{"type":"integer","optional":true},"iops_max":{"type":"integer","optional":true},"iops_max_length":{"type":"integer","optional":true,"minimum":1},"iops_rd":{"type":"integer","optional":true},"iops_rd_length":{"alias":"iops_rd_max_length"},"iops_rd_max":{"type":"integer","optional":true},"iops_rd_max_length":{"type":"integer","optional":true,"minimum":1},"iops_wr":{"type":"integer","optional":true},"iops_wr_length":{"alias":"iops_wr_max_length"},"iops_wr_max":{"type":"integer","optional":true},"iops_wr_max_length":{"type":"integer","optional":true,"minimum":1},"mbps":{"type":"number","optional":true},"mbps_max":{"type":"number","optional":true},"mbps_rd":{"type":"number","optional":true},"mbps_rd_max":{"type":"number","optional":true},"mbps_wr":{"type":"number","optional":true},"mbps_wr_max":{"type":"number","optional":true},"media":{"type":"string","optional":true,"enum":["cdrom","disk"]},"model":{"type":"string","optional":true,"maxLength":120,"format":"urlencoded"},"replicate":{"type":"boolean","optional":true},"rerror":{"type":"string","optional":true,"enum":["ignore","report","stop"]},"serial":{"type":"string","optional":true,"maxLength":60,"format":"urlencoded"},"shared":{"type":"boolean","optional":true},"size":{"type":"string","optional":true,"format":"disk-size"},"snapshot":{"type":"boolean","optional":true},"ssd":{"type":"boolean","optional":true},"volume":{"alias":"file"},"werror":{"type":"string","optional":true,"enum":["enospc","ignore","report","stop"]},"wwn":{"type":"string","optional":true,"pattern":"(?:^(?:0x)[0-9a-fA-F]{16})"}}}));
const s5 = lazy(() => p.properties({"format":"pve-qm-ipconfig"}));
const s6 = lazy(() => p.properties({"keys":{"bridge":{"type":"string","optional":true,"format":"pve-bridge-id"},"e1000":{"alias":"macaddr","keyAlias":"model"},"e1000-82540em":{"alias":"macaddr","keyAlias":"model"},"e1000-82544gc":{"alias":"macaddr","keyAlias":"model"},"e1000-82545em":{"alias":"macaddr","keyAlias":"model"},"e1000e":{"alias":"macaddr","keyAlias":"model"},"firewall":{"type":"boolean","optional":true},"host-tunnel":{"type":"boolean","optional":true},"i82551":{"alias":"macaddr","keyAlias":"model"},"i82557b":{"alias":"macaddr","keyAlias":"model"},"i82559er":{"alias":"macaddr","keyAlias":"model"},"link_down":{"type":"boolean","optional":true},"macaddr":{"type":"string","optional":true,"format":"mac-addr"},"model":{"type":"string","enum":["e1000","e1000-82540em","e1000-82544gc","e1000-82545em","e1000e","i82551","i82557b","i82559er","ne2k_isa","ne2k_pci","pcnet","rtl8139","virtio","vmxnet3"],"defaultKey":true},"mtu":{"type":"integer","optional":true,"minimum":1,"maximum":65520},"ne2k_isa":{"alias":"macaddr","keyAlias":"model"},"ne2k_pci":{"alias":"macaddr","keyAlias":"model"},"pcnet":{"alias":"macaddr","keyAlias":"model"},"queues":{"type":"integer","optional":true,"minimum":0,"maximum":64},"rate":{"type":"number","optional":true,"minimum":0},"rtl8139":{"alias":"macaddr","keyAlias":"model"},"tag":{"type":"integer","optional":true,"minimum":1,"maximum":4094},"trunks":{"type":"string","optional":true,"pattern":"(?:\\p{Nd}+(?:-\\p{Nd}+)?(?:;\\p{Nd}+(?:-\\p{Nd}+)?)*)"},"virtio":{"alias":"macaddr","keyAlias":"model"},"vmxnet3":{"alias":"macaddr","keyAlias":"model"}}}));
const s7 = lazy(() => p.properties({"keys":{"cpus":{"type":"string","pattern":"(?:\\p{Nd}+(?:-\\p{Nd}+)?(?:;\\p{Nd}+(?:-\\p{Nd}+)?)*)"},"hostnodes":{"type":"string","optional":true,"pattern":"(?:\\p{Nd}+(?:-\\p{Nd}+)?(?:;\\p{Nd}+(?:-\\p{Nd}+)?)*)"},"memory":{"type":"number","optional":true},"policy":{"type":"string","optional":true,"enum":["preferred","bind","interleave"]}}}));
const s8 = lazy(() => p.text({"pattern":"\\/dev\\/parport\\p{Nd}+|\\/dev\\/usb\\/lp\\p{Nd}+"}));
const s9 = lazy(() => p.properties({"keys":{"aio":{"type":"string","optional":true,"enum":["native","threads","io_uring"]},"backup":{"type":"boolean","optional":true},"bps":{"type":"integer","optional":true},"bps_max_length":{"type":"integer","optional":true,"minimum":1},"bps_rd":{"type":"integer","optional":true},"bps_rd_length":{"alias":"bps_rd_max_length"},"bps_rd_max_length":{"type":"integer","optional":true,"minimum":1},"bps_wr":{"type":"integer","optional":true},"bps_wr_length":{"alias":"bps_wr_max_length"},"bps_wr_max_length":{"type":"integer","optional":true,"minimum":1},"cache":{"type":"string","optional":true,"enum":["none","writethrough","writeback","unsafe","directsync"]},"detect_zeroes":{"type":"boolean","optional":true},"discard":{"type":"string","optional":true,"enum":["ignore","on"]},"file":{"type":"string","format":"pve-volume-id-or-qm-path","defaultKey":true},"format":{"type":"string","optional":true,"enum":["raw","qcow","qed","qcow2","vmdk","cloop"]},"import-from":{"type":"string","optional":true,"format":"pve-volume-id-or-absolute-path"},"iops":{"type":"integer","optional":true},"iops_max":{"type":"integer","optional":true},"iops_max_length":{"type":"integer","optional":true,"minimum":1},"iops_rd":{"type":"integer","optional":true},"iops_rd_length":{"alias":"iops_rd_max_length"},"iops_rd_max":{"type":"integer","optional":true},"iops_rd_max_length":{"type":"integer","optional":true,"minimum":1},"iops_wr":{"type":"integer","optional":true},"iops_wr_length":{"alias":"iops_wr_max_length"},"iops_wr_max":{"type":"integer","optional":true},"iops_wr_max_length":{"type":"integer","optional":true,"minimum":1},"mbps":{"type":"number","optional":true},"mbps_max":{"type":"number","optional":true},"mbps_rd":{"type":"number","optional":true},"mbps_rd_max":{"type":"number","optional":true},"mbps_wr":{"type":"number","optional":true},"mbps_wr_max":{"type":"number","optional":true},"media":{"type":"string","optional":true,"enum":["cdrom","disk"]},"replicate":{"type":"boolean","optional":true},"rerror":{"type":"string","optional":true,"enum":["ignore","report","stop"]},"serial":{"type":"string","optional":true,"maxLength":60,"format":"urlencoded"},"shared":{"type":"boolean","optional":true},"size":{"type":"string","optional":true,"format":"disk-size"},"snapshot":{"type":"boolean","optional":true},"ssd":{"type":"boolean","optional":true},"volume":{"alias":"file"},"werror":{"type":"string","optional":true,"enum":["enospc","ignore","report","stop"]},"wwn":{"type":"string","optional":true,"pattern":"(?:^(?:0x)[0-9a-fA-F]{16})"}}}));
const s10 = lazy(() => p.properties({"keys":{"aio":{"type":"string","optional":true,"enum":["native","threads","io_uring"]},"backup":{"type":"boolean","optional":true},"bps":{"type":"integer","optional":true},"bps_max_length":{"type":"integer","optional":true,"minimum":1},"bps_rd":{"type":"integer","optional":true},"bps_rd_length":{"alias":"bps_rd_max_length"},"bps_rd_max_length":{"type":"integer","optional":true,"minimum":1},"bps_wr":{"type":"integer","optional":true},"bps_wr_length":{"alias":"bps_wr_max_length"},"bps_wr_max_length":{"type":"integer","optional":true,"minimum":1},"cache":{"type":"string","optional":true,"enum":["none","writethrough","writeback","unsafe","directsync"]},"detect_zeroes":{"type":"boolean","optional":true},"discard":{"type":"string","optional":true,"enum":["ignore","on"]},"file":{"type":"string","format":"pve-volume-id-or-qm-path","defaultKey":true},"format":{"type":"string","optional":true,"enum":["raw","qcow","qed","qcow2","vmdk","cloop"]},"import-from":{"type":"string","optional":true,"format":"pve-volume-id-or-absolute-path"},"iops":{"type":"integer","optional":true},"iops_max":{"type":"integer","optional":true},"iops_max_length":{"type":"integer","optional":true,"minimum":1},"iops_rd":{"type":"integer","optional":true},"iops_rd_length":{"alias":"iops_rd_max_length"},"iops_rd_max":{"type":"integer","optional":true},"iops_rd_max_length":{"type":"integer","optional":true,"minimum":1},"iops_wr":{"type":"integer","optional":true},"iops_wr_length":{"alias":"iops_wr_max_length"},"iops_wr_max":{"type":"integer","optional":true},"iops_wr_max_length":{"type":"integer","optional":true,"minimum":1},"iothread":{"type":"boolean","optional":true},"mbps":{"type":"number","optional":true},"mbps_max":{"type":"number","optional":true},"mbps_rd":{"type":"number","optional":true},"mbps_rd_max":{"type":"number","optional":true},"mbps_wr":{"type":"number","optional":true},"mbps_wr_max":{"type":"number","optional":true},"media":{"type":"string","optional":true,"enum":["cdrom","disk"]},"product":{"type":"string","optional":true,"pattern":"[A-Za-z0-9\\-_\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]{0,16}"},"queues":{"type":"integer","optional":true,"minimum":2},"replicate":{"type":"boolean","optional":true},"rerror":{"type":"string","optional":true,"enum":["ignore","report","stop"]},"ro":{"type":"boolean","optional":true},"scsiblock":{"type":"boolean","optional":true},"serial":{"type":"string","optional":true,"maxLength":60,"format":"urlencoded"},"shared":{"type":"boolean","optional":true},"size":{"type":"string","optional":true,"format":"disk-size"},"snapshot":{"type":"boolean","optional":true},"ssd":{"type":"boolean","optional":true},"vendor":{"type":"string","optional":true,"pattern":"[A-Za-z0-9\\-_\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]{0,8}"},"volume":{"alias":"file"},"werror":{"type":"string","optional":true,"enum":["enospc","ignore","report","stop"]},"wwn":{"type":"string","optional":true,"pattern":"(?:^(?:0x)[0-9a-fA-F]{16})"}}}));
const s11 = lazy(() => p.text({"pattern":"(?:\\/dev\\/[^,]+|socket)"}));
const s12 = lazy(() => p.properties({"keys":{"file":{"type":"string","format":"pve-volume-id","defaultKey":true},"volume":{"alias":"file"}}}));
const s13 = lazy(() => p.properties({"keys":{"host":{"type":"string","optional":true,"pattern":"(?:(?:(?:(?:(?:0x)?(?:[0-9A-Fa-f]{4}):(?:0x)?(?:[0-9A-Fa-f]{4})))|(?:(?:(?:\\p{Nd}+)-(?:\\p{Nd}+(?:\\.\\p{Nd}+)*)))|[Ss][Pp][Ii][Cc][Ee]))","defaultKey":true},"mapping":{"type":"string","optional":true,"format":"pve-configid"},"usb3":{"type":"boolean","optional":true}}}));
const s14 = lazy(() => p.properties({"keys":{"aio":{"type":"string","optional":true,"enum":["native","threads","io_uring"]},"backup":{"type":"boolean","optional":true},"bps":{"type":"integer","optional":true},"bps_max_length":{"type":"integer","optional":true,"minimum":1},"bps_rd":{"type":"integer","optional":true},"bps_rd_length":{"alias":"bps_rd_max_length"},"bps_rd_max_length":{"type":"integer","optional":true,"minimum":1},"bps_wr":{"type":"integer","optional":true},"bps_wr_length":{"alias":"bps_wr_max_length"},"bps_wr_max_length":{"type":"integer","optional":true,"minimum":1},"cache":{"type":"string","optional":true,"enum":["none","writethrough","writeback","unsafe","directsync"]},"detect_zeroes":{"type":"boolean","optional":true},"discard":{"type":"string","optional":true,"enum":["ignore","on"]},"file":{"type":"string","format":"pve-volume-id-or-qm-path","defaultKey":true},"format":{"type":"string","optional":true,"enum":["raw","qcow","qed","qcow2","vmdk","cloop"]},"import-from":{"type":"string","optional":true,"format":"pve-volume-id-or-absolute-path"},"iops":{"type":"integer","optional":true},"iops_max":{"type":"integer","optional":true},"iops_max_length":{"type":"integer","optional":true,"minimum":1},"iops_rd":{"type":"integer","optional":true},"iops_rd_length":{"alias":"iops_rd_max_length"},"iops_rd_max":{"type":"integer","optional":true},"iops_rd_max_length":{"type":"integer","optional":true,"minimum":1},"iops_wr":{"type":"integer","optional":true},"iops_wr_length":{"alias":"iops_wr_max_length"},"iops_wr_max":{"type":"integer","optional":true},"iops_wr_max_length":{"type":"integer","optional":true,"minimum":1},"iothread":{"type":"boolean","optional":true},"mbps":{"type":"number","optional":true},"mbps_max":{"type":"number","optional":true},"mbps_rd":{"type":"number","optional":true},"mbps_rd_max":{"type":"number","optional":true},"mbps_wr":{"type":"number","optional":true},"mbps_wr_max":{"type":"number","optional":true},"media":{"type":"string","optional":true,"enum":["cdrom","disk"]},"replicate":{"type":"boolean","optional":true},"rerror":{"type":"string","optional":true,"enum":["ignore","report","stop"]},"ro":{"type":"boolean","optional":true},"serial":{"type":"string","optional":true,"maxLength":60,"format":"urlencoded"},"shared":{"type":"boolean","optional":true},"size":{"type":"string","optional":true,"format":"disk-size"},"snapshot":{"type":"boolean","optional":true},"volume":{"alias":"file"},"werror":{"type":"string","optional":true,"enum":["enospc","ignore","report","stop"]}}}));
const s15 = lazy(() => p.properties({"keys":{"cache":{"type":"string","optional":true,"enum":["auto","always","metadata","never"]},"direct-io":{"type":"boolean","optional":true},"dirid":{"type":"string","format":"pve-configid","defaultKey":true},"expose-acl":{"type":"boolean","optional":true},"expose-xattr":{"type":"boolean","optional":true}}}));
const s16 = lazy(() => p.text({"format":"pve-cpuset"}).optional());
const s17 = lazy(() => p.properties({"keys":{"enabled":{"type":"boolean","defaultKey":true},"freeze-fs":{"type":"boolean","optional":true},"freeze-fs-on-backup":{"alias":"freeze-fs"},"fstrim_cloned_disks":{"type":"boolean","optional":true},"guest-fsfreeze":{"alias":"freeze-fs"},"type":{"type":"string","optional":true,"enum":["virtio","isa"]}}}).optional());
const s18 = lazy(() => p.properties({"format":"pve-qemu-sev-fmt"}).optional());
const s19 = lazy(() => z.enum(["x86_64","aarch64"]).optional());
const s20 = lazy(() => p.text().optional());
const s21 = lazy(() => p.properties({"keys":{"device":{"type":"string","enum":["ich9-intel-hda","intel-hda","AC97"]},"driver":{"type":"string","optional":true,"enum":["spice","none"]}}}).optional());
const s22 = lazy(() => p.integer({"minimum":0}).optional());
const s23 = lazy(() => z.enum(["seabios","ovmf"]).optional());
const s24 = lazy(() => p.properties({"format":"pve-qm-boot"}).optional());
const s25 = lazy(() => p.text({"pattern":"(?:ide|sata|scsi|virtio)\\p{Nd}+","format":"pve-qm-bootdisk"}).optional());
const s26 = lazy(() => p.properties({"format":"pve-qm-ide"}).optional());
const s27 = lazy(() => p.properties({"format":"pve-qm-cicustom"}).optional());
const s28 = lazy(() => z.enum(["configdrive2","nocloud","opennebula"]).optional());
const s29 = lazy(() => p.integer({"minimum":1}).optional());
const s30 = lazy(() => p.properties({"format":"pve-vm-cpu-conf"}).optional());
const s31 = lazy(() => p.number({"minimum":0,"maximum":128}).optional());
const s32 = lazy(() => p.integer({"minimum":1,"maximum":262144}).optional());
const s33 = lazy(() => p.text({"maxLength":8192}).optional());
const s34 = lazy(() => p.properties({"keys":{"efitype":{"type":"string","optional":true,"enum":["2m","4m"]},"file":{"type":"string","format":"pve-volume-id-or-qm-path","defaultKey":true},"format":{"type":"string","optional":true,"enum":["raw","qcow","qed","qcow2","vmdk","cloop"]},"import-from":{"type":"string","optional":true,"format":"pve-volume-id-or-absolute-path"},"ms-cert":{"type":"string","optional":true,"enum":["2011","2023","2023w","2023k"]},"pre-enrolled-keys":{"type":"boolean","optional":true},"size":{"type":"string","optional":true,"format":"disk-size"},"volume":{"alias":"file"}}}).optional());
const s35 = lazy(() => p.text({"format":"pve-volume-id"}).optional());
const s36 = lazy(() => p.text({"format":"pve-hotplug-features"}).optional());
const s37 = lazy(() => p.text({"enum":["any","2","1024"]}).optional());
const s38 = lazy(() => p.text({"format":"pve-storage-id"}).optional());
const s39 = lazy(() => p.properties({"format":"pve-qemu-tdx-fmt"}).optional());
const s40 = lazy(() => p.properties({"keys":{"name":{"type":"string","optional":true,"pattern":"[a-zA-Z0-9\\-]+"},"size":{"type":"integer","minimum":1}}}).optional());
const s41 = lazy(() => z.enum(["de","de-ch","da","en-gb","en-us","es","fi","fr","fr-be","fr-ca","fr-ch","hu","is","it","ja","lt","mk","nl","no","pl","pt","pt-br","sv","sl","tr"]).optional());
const s42 = lazy(() => z.enum(["backup","clone","create","migrate","rollback","snapshot","snapshot-delete","suspending","suspended"]).optional());
const s43 = lazy(() => p.properties({"keys":{"aw-bits":{"type":"number","optional":true,"minimum":32,"maximum":64},"enable-s3":{"type":"boolean","optional":true},"enable-s4":{"type":"boolean","optional":true},"type":{"type":"string","optional":true,"maxLength":40,"pattern":"(?:pc|pc(?:-i440fx)?-\\p{Nd}+(?:\\.\\p{Nd}+)+(?:\\+pve\\p{Nd}+)?(?:\\.pxe)?|q35|pc-q35-\\p{Nd}+(?:\\.\\p{Nd}+)+(?:\\+pve\\p{Nd}+)?(?:\\.pxe)?|virt(?:-\\p{Nd}+(?:\\.\\p{Nd}+)+)?(?:\\+pve\\p{Nd}+)?)","defaultKey":true},"viommu":{"type":"string","optional":true,"enum":["intel","virtio"]}}}).optional());
const s44 = lazy(() => p.properties({"keys":{"current":{"type":"integer","minimum":16,"defaultKey":true}}}).optional());
const s45 = lazy(() => p.number({"minimum":0}).optional());
const s46 = lazy(() => p.text({"format":"dns-name"}).optional());
const s47 = lazy(() => p.list({"format":"address-list"}).optional());
const s48 = lazy(() => z.enum(["other","wxp","w2k","w2k3","w2k8","wvista","win7","win8","win10","win11","l24","l26","solaris"]).optional());
const s49 = lazy(() => p.text({"format":"pve-poolid"}).optional());
const s50 = lazy(() => p.properties({"format":"pve-qm-rng"}).optional());
const s51 = lazy(() => z.enum(["lsi","lsi53c810","virtio-scsi-pci","virtio-scsi-single","megasas","pvscsi"]).optional());
const s52 = lazy(() => p.integer({"minimum":0,"maximum":50000}).optional());
const s53 = lazy(() => p.properties({"maxLength":512,"format":"pve-qm-smbios1"}).optional());
const s54 = lazy(() => p.properties({"keys":{"foldersharing":{"type":"boolean","optional":true},"videostreaming":{"type":"string","optional":true,"enum":["off","all","filter"]}}}).optional());
const s55 = lazy(() => p.text({"format":"urlencoded"}).optional());
const s56 = lazy(() => p.text({"pattern":"(?:now|\\p{Nd}{4}-\\p{Nd}{1,2}-\\p{Nd}{1,2}(?:T\\p{Nd}{1,2}:\\p{Nd}{1,2}:\\p{Nd}{1,2})?)"}).optional());
const s57 = lazy(() => p.text({"format":"pve-startup-order"}).optional());
const s58 = lazy(() => p.list({"format":"pve-tag-list"}).optional());
const s59 = lazy(() => p.properties({"keys":{"file":{"type":"string","format":"pve-volume-id-or-qm-path","defaultKey":true},"format":{"type":"string","optional":true,"enum":["raw","qcow2","vmdk"]},"import-from":{"type":"string","optional":true,"format":"pve-volume-id-or-absolute-path"},"size":{"type":"string","optional":true,"format":"disk-size"},"version":{"type":"string","optional":true,"enum":["v1.2","v2.0"]},"volume":{"alias":"file"}}}).optional());
const s60 = lazy(() => p.properties({"keys":{"clipboard":{"type":"string","optional":true,"enum":["vnc"]},"memory":{"type":"integer","optional":true,"minimum":4,"maximum":512},"type":{"type":"string","optional":true,"enum":["cirrus","qxl","qxl2","qxl3","qxl4","none","serial0","serial1","serial2","serial3","std","virtio","virtio-gl","vmware"],"defaultKey":true}}}).optional());
const s61 = lazy(() => p.text({"pattern":"(?:[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}|[01])"}).optional());
const s62 = lazy(() => p.integer({"minimum":100,"maximum":999999999,"format":"pve-vmid"}));
const s63 = lazy(() => p.properties({"format":"pve-qm-watchdog"}).optional());
const s64 = lazy(() => p.text());
const s65 = lazy(() => z.enum(["raw","qcow2","vmdk"]).optional());
const s66 = lazy(() => p.text({"maxLength":40,"format":"pve-configid"}).optional());
const s67 = lazy(() => p.text({"format":"pve-node"}).optional());
const s68 = lazy(() => p.list({"format":"pve-configid-list"}).optional());
const s69 = lazy(() => p.text({"maxLength":40}).optional());
const s70 = lazy(() => p.text({"format":"IPorCIDR"}));
const s71 = lazy(() => p.text({"minLength":2,"maxLength":64,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}));
const s72 = lazy(() => p.text({"maxLength":64}).optional());
const s73 = lazy(() => p.text({"minLength":2,"maxLength":64,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}).optional());
const s74 = lazy(() => p.text({"format":"IPorCIDRorAlias"}));
const s75 = lazy(() => z.enum(["emerg","alert","crit","err","warning","notice","info","debug","nolog"]).optional());
const s76 = lazy(() => z.enum(["ACCEPT","REJECT","DROP"]).optional());
const s77 = lazy(() => p.text({"maxLength":512,"format":"pve-fw-addr-spec"}).optional());
const s78 = lazy(() => p.text({"format":"pve-fw-dport-spec"}).optional());
const s79 = lazy(() => p.text({"format":"pve-fw-icmp-type-spec"}).optional());
const s80 = lazy(() => p.text({"minLength":2,"maxLength":20,"format":"pve-iface"}).optional());
const s81 = lazy(() => p.text({"maxLength":128}).optional());
const s82 = lazy(() => p.text({"format":"pve-fw-protocol-spec"}).optional());
const s83 = lazy(() => p.text({"format":"pve-fw-sport-spec"}).optional());
const s84 = lazy(() => p.integer({"minimum":0}));
const s85 = lazy(() => p.text({"format":"CIDR"}).optional());
const s86 = lazy(() => z.enum(["secure","insecure"]).optional());
const s87 = lazy(() => p.list({"format":"storage-pair-list"}).optional());
const s88 = lazy(() => p.integer({"minimum":100,"maximum":999999999,"format":"pve-vmid"}).optional());
const s89 = lazy(() => z.enum(["AVERAGE","MAX"]).optional());
const s90 = lazy(() => p.list({"format":"pve-configid-list"}));
const s91 = lazy(() => z.enum(["hour","day","week","month","year"]));
const s92 = lazy(() => p.text({"maxLength":40,"format":"pve-configid"}));

/** Parameters of GET /nodes/{node}/qemu. */
export const getNodesQemu = lazy(() => z.strictObject({"full": s1(), "node": s2()}));

/** Parameters of POST /nodes/{node}/qemu. */
export const postNodesQemu = lazy(() => requiring(indexed({"acpi": s1(), "affinity": s16(), "agent": s17(), "allow-ksm": s1(), "amd-sev": s18(), "arch": s19(), "archive": p.text({"maxLength":255}).optional(), "args": s20(), "audio0": s21(), "autostart": s1(), "balloon": s22(), "bios": s23(), "boot": s24(), "bootdisk": s25(), "bwlimit": s22(), "cdrom": s26(), "cicustom": s27(), "cipassword": s20(), "citype": s28(), "ciupgrade": s1(), "ciuser": s20(), "cores": s29(), "cpu": s30(), "cpulimit": s31(), "cpuunits": s32(), "description": s33(), "efidisk0": s34(), "force": s1(), "freeze": s1(), "ha-managed": s1(), "hookscript": s35(), "hotplug": s36(), "hugepages": s37(), "import-working-storage": s38(), "intel-tdx": s39(), "ivshmem": s40(), "keephugepages": s1(), "keyboard": s41(), "kvm": s1(), "live-restore": s1(), "localtime": s1(), "lock": s42(), "machine": s43(), "memory": s44(), "migrate_downtime": s45(), "migrate_speed": s22(), "name": s46(), "nameserver": s47(), "node": s2(), "numa": s1(), "onboot": s1(), "ostype": s48(), "pool": s49(), "protection": s1(), "reboot": s1(), "rng0": s50(), "scsihw": s51(), "searchdomain": s20(), "shares": s52(), "smbios1": s53(), "smp": s29(), "sockets": s29(), "spice_enhancements": s54(), "sshkeys": s55(), "start": s1(), "startdate": s56(), "startup": s57(), "storage": s38(), "tablet": s1(), "tags": s58(), "tdf": s1(), "template": s1(), "tpmstate0": s59(), "unique": s1(), "vcpus": s29(), "vga": s60(), "vmgenid": s61(), "vmid": s62(), "vmstatestorage": s38(), "watchdog": s63()}, { hostpci: { count: 16, schema: s3 }, ide: { count: 4, schema: s4 }, ipconfig: { count: 32, schema: s5 }, net: { count: 32, schema: s6 }, numa: { count: 8, schema: s7 }, parallel: { count: 3, schema: s8 }, sata: { count: 6, schema: s9 }, scsi: { count: 31, schema: s10 }, serial: { count: 4, schema: s11 }, unused: { count: 256, schema: s12 }, usb: { count: 14, schema: s13 }, virtio: { count: 16, schema: s14 }, virtiofs: { count: 10, schema: s15 } }), {"force":"archive","unique":"archive"}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}. */
export const getNodesQemuByVmid = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of DELETE /nodes/{node}/qemu/{vmid}. */
export const deleteNodesQemuByVmid = lazy(() => z.strictObject({"destroy-unreferenced-disks": s1(), "node": s2(), "purge": s1(), "skiplock": s1(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/agent. */
export const getNodesQemuAgent = lazy(() => z.looseObject({"node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/agent. */
export const postNodesQemuAgent = lazy(() => z.strictObject({"command": z.enum(["fsfreeze-freeze","fsfreeze-status","fsfreeze-thaw","fstrim","get-fsinfo","get-host-name","get-memory-block-info","get-memory-blocks","get-osinfo","get-time","get-timezone","get-users","get-vcpus","info","network-get-interfaces","ping","shutdown","suspend-disk","suspend-hybrid","suspend-ram"]), "node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/agent/exec. */
export const postNodesQemuAgentExec = lazy(() => z.strictObject({"command": p.array({"items":{"type":"string"}}), "input-data": p.text({"maxLength":65536}).optional(), "node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/agent/exec-status. */
export const getNodesQemuAgentExecStatus = lazy(() => z.strictObject({"node": s2(), "pid": p.integer(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/agent/file-read. */
export const getNodesQemuAgentFileRead = lazy(() => z.strictObject({"count": p.integer({"minimum":1,"maximum":16777216}).optional(), "decode": s1(), "file": s64(), "node": s2(), "offset": s22(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/agent/file-write. */
export const postNodesQemuAgentFileWrite = lazy(() => z.strictObject({"content": p.text({"maxLength":61440}), "encode": s1(), "file": s64(), "node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/agent/fsfreeze-freeze. */
export const postNodesQemuAgentFsfreezeFreeze = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/agent/fsfreeze-status. */
export const postNodesQemuAgentFsfreezeStatus = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/agent/fsfreeze-thaw. */
export const postNodesQemuAgentFsfreezeThaw = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/agent/fstrim. */
export const postNodesQemuAgentFstrim = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/agent/get-fsinfo. */
export const getNodesQemuAgentGetFsinfo = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/agent/get-host-name. */
export const getNodesQemuAgentGetHostName = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/agent/get-memory-block-info. */
export const getNodesQemuAgentGetMemoryBlockInfo = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/agent/get-memory-blocks. */
export const getNodesQemuAgentGetMemoryBlocks = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/agent/get-osinfo. */
export const getNodesQemuAgentGetOsinfo = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/agent/get-time. */
export const getNodesQemuAgentGetTime = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/agent/get-timezone. */
export const getNodesQemuAgentGetTimezone = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/agent/get-users. */
export const getNodesQemuAgentGetUsers = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/agent/get-vcpus. */
export const getNodesQemuAgentGetVcpus = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/agent/info. */
export const getNodesQemuAgentInfo = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/agent/network-get-interfaces. */
export const getNodesQemuAgentNetworkGetInterfaces = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/agent/ping. */
export const postNodesQemuAgentPing = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/agent/set-user-password. */
export const postNodesQemuAgentSetUserPassword = lazy(() => z.strictObject({"crypted": s1(), "node": s2(), "password": p.text({"minLength":5,"maxLength":1024}), "username": s64(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/agent/shutdown. */
export const postNodesQemuAgentShutdown = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/agent/suspend-disk. */
export const postNodesQemuAgentSuspendDisk = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/agent/suspend-hybrid. */
export const postNodesQemuAgentSuspendHybrid = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/agent/suspend-ram. */
export const postNodesQemuAgentSuspendRam = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/clone. */
export const postNodesQemuClone = lazy(() => z.strictObject({"bwlimit": s22(), "description": s20(), "format": s65(), "full": s1(), "name": s46(), "newid": s62(), "node": s2(), "pool": s49(), "snapname": s66(), "storage": s38(), "target": s67(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/cloudinit. */
export const getNodesQemuCloudinit = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of PUT /nodes/{node}/qemu/{vmid}/cloudinit. */
export const putNodesQemuCloudinit = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/cloudinit/dump. */
export const getNodesQemuCloudinitDump = lazy(() => z.strictObject({"node": s2(), "type": z.enum(["user","network","meta"]), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/config. */
export const getNodesQemuConfig = lazy(() => z.strictObject({"current": s1(), "node": s2(), "snapshot": s66(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/config. */
export const postNodesQemuConfig = lazy(() => requiring(indexed({"acpi": s1(), "affinity": s16(), "agent": s17(), "allow-ksm": s1(), "amd-sev": s18(), "arch": s19(), "args": s20(), "audio0": s21(), "autostart": s1(), "background_delay": p.integer({"minimum":1,"maximum":30}).optional(), "balloon": s22(), "bios": s23(), "boot": s24(), "bootdisk": s25(), "cdrom": s26(), "cicustom": s27(), "cipassword": s20(), "citype": s28(), "ciupgrade": s1(), "ciuser": s20(), "cores": s29(), "cpu": s30(), "cpulimit": s31(), "cpuunits": s32(), "delete": s68(), "description": s33(), "digest": s69(), "efidisk0": s34(), "force": s1(), "freeze": s1(), "hookscript": s35(), "hotplug": s36(), "hugepages": s37(), "import-working-storage": s38(), "intel-tdx": s39(), "ivshmem": s40(), "keephugepages": s1(), "keyboard": s41(), "kvm": s1(), "localtime": s1(), "lock": s42(), "machine": s43(), "memory": s44(), "migrate_downtime": s45(), "migrate_speed": s22(), "name": s46(), "nameserver": s47(), "node": s2(), "numa": s1(), "onboot": s1(), "ostype": s48(), "protection": s1(), "reboot": s1(), "revert": s68(), "rng0": s50(), "scsihw": s51(), "searchdomain": s20(), "shares": s52(), "skiplock": s1(), "smbios1": s53(), "smp": s29(), "sockets": s29(), "spice_enhancements": s54(), "sshkeys": s55(), "startdate": s56(), "startup": s57(), "tablet": s1(), "tags": s58(), "tdf": s1(), "template": s1(), "tpmstate0": s59(), "vcpus": s29(), "vga": s60(), "vmgenid": s61(), "vmid": s62(), "vmstatestorage": s38(), "watchdog": s63()}, { hostpci: { count: 16, schema: s3 }, ide: { count: 4, schema: s4 }, ipconfig: { count: 32, schema: s5 }, net: { count: 32, schema: s6 }, numa: { count: 8, schema: s7 }, parallel: { count: 3, schema: s8 }, sata: { count: 6, schema: s9 }, scsi: { count: 31, schema: s10 }, serial: { count: 4, schema: s11 }, unused: { count: 256, schema: s12 }, usb: { count: 14, schema: s13 }, virtio: { count: 16, schema: s14 }, virtiofs: { count: 10, schema: s15 } }), {"force":"delete"}));

/** Parameters of PUT /nodes/{node}/qemu/{vmid}/config. */
export const putNodesQemuConfig = lazy(() => requiring(indexed({"acpi": s1(), "affinity": s16(), "agent": s17(), "allow-ksm": s1(), "amd-sev": s18(), "arch": s19(), "args": s20(), "audio0": s21(), "autostart": s1(), "balloon": s22(), "bios": s23(), "boot": s24(), "bootdisk": s25(), "cdrom": s26(), "cicustom": s27(), "cipassword": s20(), "citype": s28(), "ciupgrade": s1(), "ciuser": s20(), "cores": s29(), "cpu": s30(), "cpulimit": s31(), "cpuunits": s32(), "delete": s68(), "description": s33(), "digest": s69(), "efidisk0": s34(), "force": s1(), "freeze": s1(), "hookscript": s35(), "hotplug": s36(), "hugepages": s37(), "intel-tdx": s39(), "ivshmem": s40(), "keephugepages": s1(), "keyboard": s41(), "kvm": s1(), "localtime": s1(), "lock": s42(), "machine": s43(), "memory": s44(), "migrate_downtime": s45(), "migrate_speed": s22(), "name": s46(), "nameserver": s47(), "node": s2(), "numa": s1(), "onboot": s1(), "ostype": s48(), "protection": s1(), "reboot": s1(), "revert": s68(), "rng0": s50(), "scsihw": s51(), "searchdomain": s20(), "shares": s52(), "skiplock": s1(), "smbios1": s53(), "smp": s29(), "sockets": s29(), "spice_enhancements": s54(), "sshkeys": s55(), "startdate": s56(), "startup": s57(), "tablet": s1(), "tags": s58(), "tdf": s1(), "template": s1(), "tpmstate0": s59(), "vcpus": s29(), "vga": s60(), "vmgenid": s61(), "vmid": s62(), "vmstatestorage": s38(), "watchdog": s63()}, { hostpci: { count: 16, schema: s3 }, ide: { count: 4, schema: s4 }, ipconfig: { count: 32, schema: s5 }, net: { count: 32, schema: s6 }, numa: { count: 8, schema: s7 }, parallel: { count: 3, schema: s8 }, sata: { count: 6, schema: s9 }, scsi: { count: 31, schema: s10 }, serial: { count: 4, schema: s11 }, unused: { count: 256, schema: s12 }, usb: { count: 14, schema: s13 }, virtio: { count: 16, schema: s14 }, virtiofs: { count: 10, schema: s15 } }), {"force":"delete"}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/dbus-vmstate. */
export const postNodesQemuDbusVmstate = lazy(() => z.strictObject({"action": z.enum(["start","stop"]), "node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/feature. */
export const getNodesQemuFeature = lazy(() => z.strictObject({"feature": z.enum(["snapshot","clone","copy"]), "node": s2(), "snapname": s66(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/firewall. */
export const getNodesQemuFirewall = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/firewall/aliases. */
export const getNodesQemuFirewallAliases = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/firewall/aliases. */
export const postNodesQemuFirewallAliases = lazy(() => z.strictObject({"cidr": s70(), "comment": s20(), "name": s71(), "node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/firewall/aliases/{name}. */
export const getNodesQemuFirewallAliasesByName = lazy(() => z.strictObject({"name": s71(), "node": s2(), "vmid": s62()}));

/** Parameters of PUT /nodes/{node}/qemu/{vmid}/firewall/aliases/{name}. */
export const putNodesQemuFirewallAliasesByName = lazy(() => z.strictObject({"cidr": s70(), "comment": s20(), "digest": s72(), "name": s71(), "node": s2(), "rename": s73(), "vmid": s62()}));

/** Parameters of DELETE /nodes/{node}/qemu/{vmid}/firewall/aliases/{name}. */
export const deleteNodesQemuFirewallAliasesByName = lazy(() => z.strictObject({"digest": s72(), "name": s71(), "node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/firewall/ipset. */
export const getNodesQemuFirewallIpset = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/firewall/ipset. */
export const postNodesQemuFirewallIpset = lazy(() => z.strictObject({"comment": s20(), "digest": s72(), "name": s71(), "node": s2(), "rename": s73(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/firewall/ipset/{name}. */
export const getNodesQemuFirewallIpsetByName = lazy(() => z.strictObject({"name": s71(), "node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/firewall/ipset/{name}. */
export const postNodesQemuFirewallIpsetByName = lazy(() => z.strictObject({"cidr": s74(), "comment": s20(), "name": s71(), "node": s2(), "nomatch": s1(), "vmid": s62()}));

/** Parameters of DELETE /nodes/{node}/qemu/{vmid}/firewall/ipset/{name}. */
export const deleteNodesQemuFirewallIpsetByName = lazy(() => z.strictObject({"force": s1(), "name": s71(), "node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/firewall/ipset/{name}/{cidr}. */
export const getNodesQemuFirewallIpsetByCidr = lazy(() => z.strictObject({"cidr": s74(), "name": s71(), "node": s2(), "vmid": s62()}));

/** Parameters of PUT /nodes/{node}/qemu/{vmid}/firewall/ipset/{name}/{cidr}. */
export const putNodesQemuFirewallIpsetByCidr = lazy(() => z.strictObject({"cidr": s74(), "comment": s20(), "digest": s72(), "name": s71(), "node": s2(), "nomatch": s1(), "vmid": s62()}));

/** Parameters of DELETE /nodes/{node}/qemu/{vmid}/firewall/ipset/{name}/{cidr}. */
export const deleteNodesQemuFirewallIpsetByCidr = lazy(() => z.strictObject({"cidr": s74(), "digest": s72(), "name": s71(), "node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/firewall/log. */
export const getNodesQemuFirewallLog = lazy(() => z.strictObject({"limit": s22(), "node": s2(), "since": s22(), "start": s22(), "until": s22(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/firewall/options. */
export const getNodesQemuFirewallOptions = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of PUT /nodes/{node}/qemu/{vmid}/firewall/options. */
export const putNodesQemuFirewallOptions = lazy(() => z.strictObject({"delete": s68(), "dhcp": s1(), "digest": s72(), "enable": s1(), "ipfilter": s1(), "log_level_in": s75(), "log_level_out": s75(), "macfilter": s1(), "ndp": s1(), "node": s2(), "policy_in": s76(), "policy_out": s76(), "radv": s1(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/firewall/refs. */
export const getNodesQemuFirewallRefs = lazy(() => z.strictObject({"node": s2(), "type": z.enum(["alias","ipset"]).optional(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/firewall/rules. */
export const getNodesQemuFirewallRules = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/firewall/rules. */
export const postNodesQemuFirewallRules = lazy(() => z.strictObject({"action": p.text({"minLength":2,"maxLength":20,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}), "comment": s20(), "dest": s77(), "digest": s72(), "dport": s78(), "enable": s22(), "icmp-type": s79(), "iface": s80(), "log": s75(), "macro": s81(), "node": s2(), "pos": s22(), "proto": s82(), "source": s77(), "sport": s83(), "type": z.enum(["in","out","forward","group"]), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/firewall/rules/{pos}. */
export const getNodesQemuFirewallRulesByPos = lazy(() => z.strictObject({"node": s2(), "pos": s84(), "vmid": s62()}));

/** Parameters of PUT /nodes/{node}/qemu/{vmid}/firewall/rules/{pos}. */
export const putNodesQemuFirewallRulesByPos = lazy(() => z.strictObject({"action": p.text({"minLength":2,"maxLength":20,"pattern":"[A-Za-z][A-Za-z0-9\\-_]+"}).optional(), "comment": s20(), "delete": s68(), "dest": s77(), "digest": s72(), "dport": s78(), "enable": s22(), "icmp-type": s79(), "iface": s80(), "log": s75(), "macro": s81(), "moveto": s22(), "node": s2(), "pos": s84(), "proto": s82(), "source": s77(), "sport": s83(), "type": z.enum(["in","out","forward","group"]).optional(), "vmid": s62()}));

/** Parameters of DELETE /nodes/{node}/qemu/{vmid}/firewall/rules/{pos}. */
export const deleteNodesQemuFirewallRulesByPos = lazy(() => z.strictObject({"digest": s72(), "node": s2(), "pos": s84(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/migrate. */
export const getNodesQemuMigrate = lazy(() => z.strictObject({"node": s2(), "target": s67(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/migrate. */
export const postNodesQemuMigrate = lazy(() => z.strictObject({"bwlimit": s22(), "force": s1(), "migration_network": s85(), "migration_type": s86(), "node": s2(), "online": s1(), "target": s2(), "targetstorage": s87(), "vmid": s62(), "with-conntrack-state": s1(), "with-local-disks": s1()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/monitor. */
export const postNodesQemuMonitor = lazy(() => z.strictObject({"command": s64(), "node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/move_disk. */
export const postNodesQemuMoveDisk = lazy(() => z.strictObject({"bwlimit": s22(), "delete": s1(), "digest": s69(), "disk": z.enum(["ide0","ide1","ide2","ide3","scsi0","scsi1","scsi2","scsi3","scsi4","scsi5","scsi6","scsi7","scsi8","scsi9","scsi10","scsi11","scsi12","scsi13","scsi14","scsi15","scsi16","scsi17","scsi18","scsi19","scsi20","scsi21","scsi22","scsi23","scsi24","scsi25","scsi26","scsi27","scsi28","scsi29","scsi30","virtio0","virtio1","virtio2","virtio3","virtio4","virtio5","virtio6","virtio7","virtio8","virtio9","virtio10","virtio11","virtio12","virtio13","virtio14","virtio15","sata0","sata1","sata2","sata3","sata4","sata5","efidisk0","tpmstate0","unused0","unused1","unused2","unused3","unused4","unused5","unused6","unused7","unused8","unused9","unused10","unused11","unused12","unused13","unused14","unused15","unused16","unused17","unused18","unused19","unused20","unused21","unused22","unused23","unused24","unused25","unused26","unused27","unused28","unused29","unused30","unused31","unused32","unused33","unused34","unused35","unused36","unused37","unused38","unused39","unused40","unused41","unused42","unused43","unused44","unused45","unused46","unused47","unused48","unused49","unused50","unused51","unused52","unused53","unused54","unused55","unused56","unused57","unused58","unused59","unused60","unused61","unused62","unused63","unused64","unused65","unused66","unused67","unused68","unused69","unused70","unused71","unused72","unused73","unused74","unused75","unused76","unused77","unused78","unused79","unused80","unused81","unused82","unused83","unused84","unused85","unused86","unused87","unused88","unused89","unused90","unused91","unused92","unused93","unused94","unused95","unused96","unused97","unused98","unused99","unused100","unused101","unused102","unused103","unused104","unused105","unused106","unused107","unused108","unused109","unused110","unused111","unused112","unused113","unused114","unused115","unused116","unused117","unused118","unused119","unused120","unused121","unused122","unused123","unused124","unused125","unused126","unused127","unused128","unused129","unused130","unused131","unused132","unused133","unused134","unused135","unused136","unused137","unused138","unused139","unused140","unused141","unused142","unused143","unused144","unused145","unused146","unused147","unused148","unused149","unused150","unused151","unused152","unused153","unused154","unused155","unused156","unused157","unused158","unused159","unused160","unused161","unused162","unused163","unused164","unused165","unused166","unused167","unused168","unused169","unused170","unused171","unused172","unused173","unused174","unused175","unused176","unused177","unused178","unused179","unused180","unused181","unused182","unused183","unused184","unused185","unused186","unused187","unused188","unused189","unused190","unused191","unused192","unused193","unused194","unused195","unused196","unused197","unused198","unused199","unused200","unused201","unused202","unused203","unused204","unused205","unused206","unused207","unused208","unused209","unused210","unused211","unused212","unused213","unused214","unused215","unused216","unused217","unused218","unused219","unused220","unused221","unused222","unused223","unused224","unused225","unused226","unused227","unused228","unused229","unused230","unused231","unused232","unused233","unused234","unused235","unused236","unused237","unused238","unused239","unused240","unused241","unused242","unused243","unused244","unused245","unused246","unused247","unused248","unused249","unused250","unused251","unused252","unused253","unused254","unused255"]), "format": s65(), "node": s2(), "storage": s38(), "target-digest": s69(), "target-disk": z.enum(["ide0","ide1","ide2","ide3","scsi0","scsi1","scsi2","scsi3","scsi4","scsi5","scsi6","scsi7","scsi8","scsi9","scsi10","scsi11","scsi12","scsi13","scsi14","scsi15","scsi16","scsi17","scsi18","scsi19","scsi20","scsi21","scsi22","scsi23","scsi24","scsi25","scsi26","scsi27","scsi28","scsi29","scsi30","virtio0","virtio1","virtio2","virtio3","virtio4","virtio5","virtio6","virtio7","virtio8","virtio9","virtio10","virtio11","virtio12","virtio13","virtio14","virtio15","sata0","sata1","sata2","sata3","sata4","sata5","efidisk0","tpmstate0","unused0","unused1","unused2","unused3","unused4","unused5","unused6","unused7","unused8","unused9","unused10","unused11","unused12","unused13","unused14","unused15","unused16","unused17","unused18","unused19","unused20","unused21","unused22","unused23","unused24","unused25","unused26","unused27","unused28","unused29","unused30","unused31","unused32","unused33","unused34","unused35","unused36","unused37","unused38","unused39","unused40","unused41","unused42","unused43","unused44","unused45","unused46","unused47","unused48","unused49","unused50","unused51","unused52","unused53","unused54","unused55","unused56","unused57","unused58","unused59","unused60","unused61","unused62","unused63","unused64","unused65","unused66","unused67","unused68","unused69","unused70","unused71","unused72","unused73","unused74","unused75","unused76","unused77","unused78","unused79","unused80","unused81","unused82","unused83","unused84","unused85","unused86","unused87","unused88","unused89","unused90","unused91","unused92","unused93","unused94","unused95","unused96","unused97","unused98","unused99","unused100","unused101","unused102","unused103","unused104","unused105","unused106","unused107","unused108","unused109","unused110","unused111","unused112","unused113","unused114","unused115","unused116","unused117","unused118","unused119","unused120","unused121","unused122","unused123","unused124","unused125","unused126","unused127","unused128","unused129","unused130","unused131","unused132","unused133","unused134","unused135","unused136","unused137","unused138","unused139","unused140","unused141","unused142","unused143","unused144","unused145","unused146","unused147","unused148","unused149","unused150","unused151","unused152","unused153","unused154","unused155","unused156","unused157","unused158","unused159","unused160","unused161","unused162","unused163","unused164","unused165","unused166","unused167","unused168","unused169","unused170","unused171","unused172","unused173","unused174","unused175","unused176","unused177","unused178","unused179","unused180","unused181","unused182","unused183","unused184","unused185","unused186","unused187","unused188","unused189","unused190","unused191","unused192","unused193","unused194","unused195","unused196","unused197","unused198","unused199","unused200","unused201","unused202","unused203","unused204","unused205","unused206","unused207","unused208","unused209","unused210","unused211","unused212","unused213","unused214","unused215","unused216","unused217","unused218","unused219","unused220","unused221","unused222","unused223","unused224","unused225","unused226","unused227","unused228","unused229","unused230","unused231","unused232","unused233","unused234","unused235","unused236","unused237","unused238","unused239","unused240","unused241","unused242","unused243","unused244","unused245","unused246","unused247","unused248","unused249","unused250","unused251","unused252","unused253","unused254","unused255"]).optional(), "target-vmid": s88(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/mtunnel. */
export const postNodesQemuMtunnel = lazy(() => z.strictObject({"bridges": p.list({"format":"pve-bridge-id-list"}).optional(), "node": s2(), "storages": p.list({"format":"pve-storage-id-list"}).optional(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/mtunnelwebsocket. */
export const getNodesQemuMtunnelwebsocket = lazy(() => z.strictObject({"node": s2(), "socket": s64(), "ticket": s64(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/pending. */
export const getNodesQemuPending = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/remote_migrate. */
export const postNodesQemuRemoteMigrate = lazy(() => z.strictObject({"bwlimit": s22(), "delete": s1(), "node": s2(), "online": s1(), "target-bridge": p.list({"format":"bridge-pair-list"}), "target-endpoint": p.properties({"format":"proxmox-remote"}), "target-storage": p.list({"format":"storage-pair-list"}), "target-vmid": s88(), "vmid": s62()}));

/** Parameters of PUT /nodes/{node}/qemu/{vmid}/resize. */
export const putNodesQemuResize = lazy(() => z.strictObject({"digest": s69(), "disk": z.enum(["ide0","ide1","ide2","ide3","scsi0","scsi1","scsi2","scsi3","scsi4","scsi5","scsi6","scsi7","scsi8","scsi9","scsi10","scsi11","scsi12","scsi13","scsi14","scsi15","scsi16","scsi17","scsi18","scsi19","scsi20","scsi21","scsi22","scsi23","scsi24","scsi25","scsi26","scsi27","scsi28","scsi29","scsi30","virtio0","virtio1","virtio2","virtio3","virtio4","virtio5","virtio6","virtio7","virtio8","virtio9","virtio10","virtio11","virtio12","virtio13","virtio14","virtio15","sata0","sata1","sata2","sata3","sata4","sata5","efidisk0","tpmstate0"]), "node": s2(), "size": p.text({"pattern":"\\+?\\p{Nd}+(?:\\.\\p{Nd}+)?[KMGT]?"}), "skiplock": s1(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/rrd. */
export const getNodesQemuRrd = lazy(() => z.strictObject({"cf": s89(), "ds": s90(), "node": s2(), "timeframe": s91(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/rrddata. */
export const getNodesQemuRrddata = lazy(() => z.strictObject({"cf": s89(), "node": s2(), "timeframe": s91(), "vmid": s62()}));

/** Parameters of PUT /nodes/{node}/qemu/{vmid}/sendkey. */
export const putNodesQemuSendkey = lazy(() => z.strictObject({"key": s64(), "node": s2(), "skiplock": s1(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/snapshot. */
export const getNodesQemuSnapshot = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/snapshot. */
export const postNodesQemuSnapshot = lazy(() => z.strictObject({"description": s20(), "node": s2(), "snapname": s92(), "vmid": s62(), "vmstate": s1()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/snapshot/{snapname}. */
export const getNodesQemuSnapshotBySnapname = lazy(() => z.strictObject({"node": s2(), "snapname": s92(), "vmid": s62()}));

/** Parameters of DELETE /nodes/{node}/qemu/{vmid}/snapshot/{snapname}. */
export const deleteNodesQemuSnapshotBySnapname = lazy(() => z.strictObject({"force": s1(), "node": s2(), "snapname": s92(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/snapshot/{snapname}/config. */
export const getNodesQemuSnapshotConfig = lazy(() => z.strictObject({"node": s2(), "snapname": s92(), "vmid": s62()}));

/** Parameters of PUT /nodes/{node}/qemu/{vmid}/snapshot/{snapname}/config. */
export const putNodesQemuSnapshotConfig = lazy(() => z.strictObject({"description": s20(), "node": s2(), "snapname": s92(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/snapshot/{snapname}/rollback. */
export const postNodesQemuSnapshotRollback = lazy(() => z.strictObject({"node": s2(), "snapname": s92(), "start": s1(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/spiceproxy. */
export const postNodesQemuSpiceproxy = lazy(() => z.strictObject({"node": s2(), "proxy": p.text({"format":"address"}).optional(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/status. */
export const getNodesQemuStatus = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/status/current. */
export const getNodesQemuStatusCurrent = lazy(() => z.strictObject({"node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/status/reboot. */
export const postNodesQemuStatusReboot = lazy(() => z.strictObject({"node": s2(), "timeout": s22(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/status/reset. */
export const postNodesQemuStatusReset = lazy(() => z.strictObject({"node": s2(), "skiplock": s1(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/status/resume. */
export const postNodesQemuStatusResume = lazy(() => z.strictObject({"nocheck": s1(), "node": s2(), "skiplock": s1(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/status/shutdown. */
export const postNodesQemuStatusShutdown = lazy(() => z.strictObject({"forceStop": s1(), "keepActive": s1(), "node": s2(), "skiplock": s1(), "timeout": s22(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/status/start. */
export const postNodesQemuStatusStart = lazy(() => z.strictObject({"force-cpu": s20(), "machine": s43(), "migratedfrom": s67(), "migration_network": s85(), "migration_type": s86(), "nets-host-mtu": p.text({"pattern":"net\\p{Nd}+=\\p{Nd}+(?:,net\\p{Nd}+=\\p{Nd}+)*"}).optional(), "node": s2(), "skiplock": s1(), "stateuri": s81(), "targetstorage": s87(), "timeout": s22(), "vmid": s62(), "with-conntrack-state": s1()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/status/stop. */
export const postNodesQemuStatusStop = lazy(() => z.strictObject({"keepActive": s1(), "migratedfrom": s67(), "node": s2(), "overrule-shutdown": s1(), "skiplock": s1(), "timeout": s22(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/status/suspend. */
export const postNodesQemuStatusSuspend = lazy(() => requiring(z.strictObject({"node": s2(), "skiplock": s1(), "statestorage": s38(), "todisk": s1(), "vmid": s62()}), {"statestorage":"todisk"}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/template. */
export const postNodesQemuTemplate = lazy(() => z.strictObject({"disk": z.enum(["ide0","ide1","ide2","ide3","scsi0","scsi1","scsi2","scsi3","scsi4","scsi5","scsi6","scsi7","scsi8","scsi9","scsi10","scsi11","scsi12","scsi13","scsi14","scsi15","scsi16","scsi17","scsi18","scsi19","scsi20","scsi21","scsi22","scsi23","scsi24","scsi25","scsi26","scsi27","scsi28","scsi29","scsi30","virtio0","virtio1","virtio2","virtio3","virtio4","virtio5","virtio6","virtio7","virtio8","virtio9","virtio10","virtio11","virtio12","virtio13","virtio14","virtio15","sata0","sata1","sata2","sata3","sata4","sata5","efidisk0","tpmstate0"]).optional(), "node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/termproxy. */
export const postNodesQemuTermproxy = lazy(() => z.strictObject({"node": s2(), "serial": z.enum(["serial0","serial1","serial2","serial3"]).optional(), "vmid": s62()}));

/** Parameters of PUT /nodes/{node}/qemu/{vmid}/unlink. */
export const putNodesQemuUnlink = lazy(() => z.strictObject({"force": s1(), "idlist": s90(), "node": s2(), "vmid": s62()}));

/** Parameters of POST /nodes/{node}/qemu/{vmid}/vncproxy. */
export const postNodesQemuVncproxy = lazy(() => z.strictObject({"generate-password": s1(), "node": s2(), "vmid": s62(), "websocket": s1()}));

/** Parameters of GET /nodes/{node}/qemu/{vmid}/vncwebsocket. */
export const getNodesQemuVncwebsocket = lazy(() => z.strictObject({"node": s2(), "port": p.integer({"minimum":5900,"maximum":5999}), "vmid": s62(), "vncticket": p.text({"maxLength":512})}));

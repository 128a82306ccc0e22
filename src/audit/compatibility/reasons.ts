import type { LocalizedText } from "../../base/index.ts";

const reason = (en: string, ja: string): LocalizedText => ({ en, ja });

/** Why something works in a home only under a condition, or not at all. Each stands in several cells of the table. */
export const REASONS = {
  ownUsersOnly: reason(
    "the privileges hold only over what the unprivileged user owns; devices and kernel settings of the host stay closed",
    "権限は非特権ユーザの範囲でしか効かず、ホストのデバイスやカーネル設定には届きません",
  ),
  refusedWithRemap: reason(
    "the engine refuses it unless the container leaves the remapping with --userns=host",
    "--userns=host で再割当てから外さないかぎり、エンジンが拒否します",
  ),
  sysboxRefuses: reason("Sysbox refuses it", "Sysbox が拒否します"),
  sentryOnly: reason("it reaches gVisor's own kernel only", "gVisor 自身のカーネルにしか届きません"),
  guestOnly: reason(
    "it means the virtual machine's kernel; with privileged, devices of the host are passed in unless privileged_without_host_devices is set",
    "仮想マシンのカーネルに対する意味になります。privileged では、privileged_without_host_devices を設定しないかぎりホストのデバイスも渡されます",
  ),
  filesOfRemapped: reason(
    "files of the image then belong to the remapped user, so that sudo and other setuid programs fail",
    "イメージのファイルが再割当て後のユーザの所有になり、sudo などの setuid プログラムが動きません",
  ),
  meansSomethingElse: reason(
    "the user namespace is the caller's in any case; keep-id and host mean something else here",
    "ユーザ名前空間はもともと呼出し側のものです。keep-id や host の意味が異なります",
  ),
  notInUserNamespace: reason(
    "the kernel does not let an unprivileged user namespace mount the host's view (operation not permitted)",
    "非特権のユーザ名前空間では、カーネルがホスト側の視点でのマウントを許しません(operation not permitted)",
  ),
  viewOfTheUser: reason(
    "it shows what the user's own namespace holds, not the host's",
    "見えるのはホストではなく、ユーザ自身の名前空間のものです",
  ),
  ownKernel: reason(
    "there is another kernel between, with processes of its own",
    "間に別のカーネルがあり、プロセスも別です",
  ),
  rootlessKitNetwork: reason(
    "it is the network of RootlessKit; the host's own from Engine 29.5 on",
    "RootlessKit のネットワークになります。ホスト自身のネットワークになるのは Engine 29.5 以降です",
  ),
  hostinet: reason(
    "gVisor needs network=host (hostinet) and loses isolation",
    "gVisor に network=host(hostinet)が必要で、隔離が弱まります",
  ),
  sameMapping: reason("both containers need the same mapping of users", "両方のコンテナで同じユーザ割当てが必要です"),
  samePodOnly: reason("only within one pod (one sandbox)", "同じ Pod(同じサンドボックス)の中だけです"),
  hostClock: reason(
    "the clock is the host's, and only its own root may set it",
    "時計はホストのもので、ホストの root だけが合わせられます",
  ),
  guestClock: reason("it sets the clock of the virtual machine", "仮想マシンの時計が変わります"),
  ownNetworkStack: reason(
    "gVisor has a network stack of its own that knows a part of it",
    "gVisor は独自のネットワークスタックを持ち、対応は一部です",
  ),
  kernelOfHost: reason(
    "it acts on the kernel as a whole, where only root of the host may",
    "カーネル全体への操作で、ホストの root にしか許されません",
  ),
  noNodes: reason("device nodes cannot be made in a user namespace", "ユーザ名前空間ではデバイスノードを作れません"),
  modeDecides: reason(
    "the mode of the node on the host decides: the unprivileged user must be able to open it",
    "ホスト側のノードのモード次第です。非特権ユーザが開ける必要があります",
  ),
  keepGroups: reason(
    "the mode of the node decides; a group of the user helps with --group-add keep-groups",
    "ノードのモード次第です。ユーザのグループで開けるなら --group-add keep-groups が使えます",
  ),
  nobodysNode: reason(
    "the node belongs to nobody inside: it has to be readable and writable for all",
    "内側では所有者が nobody になるため、誰でも読み書きできる必要があります",
  ),
  fewDevices: reason("gVisor passes few devices (GPUs, tun)", "gVisor が渡せるデバイスは GPU、tun など一部です"),
  vfioOrBlock: reason("only devices by VFIO, and block devices", "VFIO のデバイスとブロックデバイスだけです"),
  onlyRootReads: reason(
    "what only root may read there stays closed (permission denied)",
    "root しか読めないものは開けません(permission denied)",
  ),
  idMapped: reason("needs id-mapped mounts or shiftfs", "ID マップマウントか shiftfs が必要です"),
  ownSocket: reason(
    "the socket of the rootful engine is closed; the user's own engine has its socket below XDG_RUNTIME_DIR",
    "root のエンジンのソケットは開けません。ユーザ自身のエンジンのソケットは XDG_RUNTIME_DIR の下にあります",
  ),
  socketIsTheHost: reason(
    "it works, and gives the host away all the same: the engine behind it is outside",
    "動きますが、外側のエンジンに届く以上、ホストを渡すことに変わりはありません",
  ),
  cgroupDelegation: reason(
    "with cgroup v2 and systemd; otherwise the limits are accepted and not applied",
    "cgroup v2 と systemd が必要です。それ以外では受け付けられても適用されません",
  ),
  droppedSilently: reason("accepted and not applied", "受け付けられますが適用されません"),
  needsResource: reason("needs CAP_SYS_RESOURCE on the host", "ホストで CAP_SYS_RESOURCE が必要です"),
  aboveHardLimit: reason("not above the user's own hard limit", "ユーザのハードリミットを超えられません"),
  virtualized: reason("it is a value of the sandbox only", "サンドボックス内の値にしかなりません"),
  lowPorts: reason(
    "ports below 1024 need net.ipv4.ip_unprivileged_port_start, or CAP_NET_BIND_SERVICE on rootlesskit",
    "1024 未満のポートには net.ipv4.ip_unprivileged_port_start の変更か、rootlesskit への CAP_NET_BIND_SERVICE が必要です",
  ),
  clientAddress: reason(
    "the program sees another address for its clients, unless RootlessKit 3 runs with the userland proxy off",
    "クライアントのアドレスが変わって見えます。RootlessKit 3 で userland-proxy を切れば保たれます",
  ),
  sctpListed: reason("documented as unsupported", "非対応と文書に書かれています"),
  sctpModule: reason("needs the kernel's sctp module", "カーネルの sctp モジュールが必要です"),
  ownStackNoSctp: reason("gVisor's network stack has no SCTP", "gVisor のネットワークスタックに SCTP がありません"),
  noAppArmor: reason(
    "AppArmor is not applied; SELinux labels may be",
    "AppArmor は適用されません。SELinux のラベルは適用されることがあります",
  ),
  seLinuxOnly: reason("SELinux yes, AppArmor no", "SELinux は可、AppArmor は不可です"),
  notInside: reason("not applied inside the sandbox", "サンドボックスの内側には適用されません"),
  hypervisorOnly: reason(
    "it confines the virtual machine's process on the host",
    "ホスト上の仮想マシンのプロセスに対する制限になります",
  ),
  profileByPath: reason(
    "the profile is a path on the engine's host, not the text of a file",
    "プロファイルは本文ではなく、エンジン側のホストのパスで渡します",
  ),
  ownProfile: reason(
    "the runtime adds calls to the profile, or has its own",
    "ランタイムがプロファイルを補うか、独自のものを使います",
  ),
  innerPrivileges: reason(
    "the inner engine works with what a user namespace gives; storage and networks may be slower",
    "内側のエンジンはユーザ名前空間の範囲で動きます。ストレージとネットワークは遅くなることがあります",
  ),
  innerNeedsPrivileged: reason(
    "an inner engine needs privileged, which this engine refuses",
    "内側のエンジンには privileged が必要ですが、このエンジンは拒否します",
  ),
  gvisorEngine: reason(
    "with gVisor's --net-raw, without iptables, and with its data in a tmpfs from Engine 29 on",
    "gVisor の --net-raw を使い、iptables を切り、Engine 29 以降ではデータを tmpfs に置きます",
  ),
  pluginOfHost: reason(
    "the plugin runs on the host, and its volumes must suit other user numbers",
    "プラグインはホストで動くため、ボリュームが別のユーザ番号で使えなければなりません",
  ),
  noPlugins: reason(
    "Podman does not have Docker's volume plugins",
    "Podman では Docker のボリュームプラグインを使えません",
  ),
} as const satisfies Readonly<Record<string, LocalizedText>>;

/** Name of a reason. */
export type ReasonId = keyof typeof REASONS;

import { cgroupDeviceSelfMigrate } from "./cgroup/cgroup-device-self-migrate.ts";
import { cgroupTreeDos } from "./cgroup/cgroup-tree-dos.ts";
import { cgroupV1DevicesAllow } from "./cgroup/cgroup-v1-devices-allow.ts";
import { cgroupV1ReleaseAgent } from "./cgroup/cgroup-v1-release-agent.ts";
import { cgroupV1ReleaseAgentBind } from "./cgroup/cgroup-v1-release-agent-bind.ts";
import { cgroupV2DeviceBpfDetach } from "./cgroup/cgroup-v2-device-bpf-detach.ts";
import { bindDevWritable } from "./devices/bind-dev-writable.ts";
import { devFuse } from "./devices/dev-fuse.ts";
import { devInputKeylog } from "./devices/dev-input-keylog.ts";
import { devKmsgWrite } from "./devices/dev-kmsg-write.ts";
import { devKvm } from "./devices/dev-kvm.ts";
import { devLoopMount } from "./devices/dev-loop-mount.ts";
import { devMem } from "./devices/dev-mem.ts";
import { devMsr } from "./devices/dev-msr.ts";
import { devTtyTiocsti } from "./devices/dev-tty-tiocsti.ts";
import { devTun } from "./devices/dev-tun.ts";
import { devUinput } from "./devices/dev-uinput.ts";
import { devUsbBus } from "./devices/dev-usb-bus.ts";
import { devUsbDisk } from "./devices/dev-usb-disk.ts";
import { devVfio } from "./devices/dev-vfio.ts";
import { deviceRuleBindDev } from "./devices/device-rule-bind-dev.ts";
import { deviceRuleMknod } from "./devices/device-rule-mknod.ts";
import { gpuAttackSurface } from "./devices/gpu-attack-surface.ts";
import { rawBlockDeviceDebugfs } from "./devices/raw-block-device-debugfs.ts";
import { rawBlockDeviceMount } from "./devices/raw-block-device-mount.ts";
import { rawBlockDeviceRead } from "./devices/raw-block-device-read.ts";
import { scsiPassthrough } from "./devices/scsi-passthrough.ts";
import { dindPeerEngine } from "./engine/dind-peer-engine.ts";
import { dindPeerEngineRoot } from "./engine/dind-peer-engine-root.ts";
import { dockerGroupUser } from "./engine/docker-group-user.ts";
import { engineApiPeers } from "./engine/engine-api-peers.ts";
import { engineApiRootless } from "./engine/engine-api-rootless.ts";
import { engineApiScoped } from "./engine/engine-api-scoped.ts";
import { engineApiToRoot } from "./engine/engine-api-to-root.ts";
import { engineApiToRootRemap } from "./engine/engine-api-to-root-remap.ts";
import { engineApiVolumes } from "./engine/engine-api-volumes.ts";
import { engineBuildEntitlement } from "./engine/engine-build-entitlement.ts";
import { enginePluginInstall } from "./engine/engine-plugin-install.ts";
import { engineTcp } from "./engine/engine-tcp.ts";
import { execPrivileged } from "./engine/exec-privileged.ts";
import { execRootUser } from "./engine/exec-root-user.ts";
import { imdsToCloud } from "./engine/imds-to-cloud.ts";
import { injectToRoot } from "./engine/inject-to-root.ts";
import { kernelCodeToRoot } from "./engine/kernel-code-to-root.ts";
import { nsEnterProcRootChroot } from "./engine/ns-enter-proc-root-chroot.ts";
import { peerEscalation } from "./engine/peer-escalation.ts";
import { readAnyToCreds } from "./engine/read-any-to-creds.ts";
import { readAnyToEngineTls } from "./engine/read-any-to-engine-tls.ts";
import { rootlessRootBind } from "./engine/rootless-root-bind.ts";
import { tamperDataRootRestart } from "./engine/tamper-data-root-restart.ts";
import { uidExecToDocker } from "./engine/uid-exec-to-docker.ts";
import { writeAnyToRoot } from "./engine/write-any-to-root.ts";
import { diskExhaustion } from "./host/disk-exhaustion.ts";
import { inertFuseDevice } from "./host/inert-fuse-device.ts";
import { oomKillDisabled } from "./host/oom-kill-disabled.ts";
import { oomScoreHost } from "./host/oom-score-host.ts";
import { pidsExhaustion } from "./host/pids-exhaustion.ts";
import { ambientNoneCapadd } from "./identity/ambient-none-capadd.ts";
import { imageOnbuildUserRoot } from "./identity/image-onbuild-user-root.ts";
import { privilegedFlag } from "./identity/privileged-flag.ts";
import { privilegedNonrootDevices } from "./identity/privileged-nonroot-devices.ts";
import { privilegedNonrootLatent } from "./identity/privileged-nonroot-latent.ts";
import { setuidEscalationInside } from "./identity/setuid-escalation-inside.ts";
import { apparmorUnconfinedChain } from "./kernel/apparmor-unconfined-chain.ts";
import { binfmtMisc } from "./kernel/binfmt-misc.ts";
import { bpfNet } from "./kernel/bpf-net.ts";
import { bpfTracing } from "./kernel/bpf-tracing.ts";
import { bpfWriteUser } from "./kernel/bpf-write-user.ts";
import { corePatternProcsys } from "./kernel/core-pattern-procsys.ts";
import { debugfsMount } from "./kernel/debugfs-mount.ts";
import { ioUringExposed } from "./kernel/io-uring-exposed.ts";
import { ioportRawio } from "./kernel/ioport-rawio.ts";
import { kexecLoad } from "./kernel/kexec-load.ts";
import { keyringAccess } from "./kernel/keyring-access.ts";
import { loadKernelModule } from "./kernel/load-kernel-module.ts";
import { maskedPathsOff } from "./kernel/masked-paths-off.ts";
import { modprobePath } from "./kernel/modprobe-path.ts";
import { perfEvents } from "./kernel/perf-events.ts";
import { procKcore } from "./kernel/proc-kcore.ts";
import { rebootHost } from "./kernel/reboot-host.ts";
import { seccompOffSurface } from "./kernel/seccomp-off-surface.ts";
import { seccompWidenedByInertCap } from "./kernel/seccomp-widened-by-inert-cap.ts";
import { sysTime } from "./kernel/sys-time.ts";
import { sysWritable } from "./kernel/sys-writable.ts";
import { sysadminFreshProcfs } from "./kernel/sysadmin-fresh-procfs.ts";
import { sysctlDos } from "./kernel/sysctl-dos.ts";
import { sysctlNetnsHost } from "./kernel/sysctl-netns-host.ts";
import { syslogRead } from "./kernel/syslog-read.ts";
import { sysrqTrigger } from "./kernel/sysrq-trigger.ts";
import { ueventHelper } from "./kernel/uevent-helper.ts";
import { umountReadonlyProc } from "./kernel/umount-readonly-proc.ts";
import { unconfinedSeccompUserns } from "./kernel/unconfined-seccomp-userns.ts";
import { unprivUsernsReleaseAgent } from "./kernel/unpriv-userns-release-agent.ts";
import { k8sCreatePods } from "./kubernetes/k8s-create-pods.ts";
import { k8sHostProcess } from "./kubernetes/k8s-host-process.ts";
import { k8sHostpathWritable } from "./kubernetes/k8s-hostpath-writable.ts";
import { k8sHostpid } from "./kubernetes/k8s-hostpid.ts";
import { k8sNodesProxy } from "./kubernetes/k8s-nodes-proxy.ts";
import { k8sPodsExec } from "./kubernetes/k8s-pods-exec.ts";
import { k8sPrivilegedEphemeral } from "./kubernetes/k8s-privileged-ephemeral.ts";
import { k8sProcmountUnmasked } from "./kubernetes/k8s-procmount-unmasked.ts";
import { k8sSaToken } from "./kubernetes/k8s-sa-token.ts";
import { k8sShareProcessNamespace } from "./kubernetes/k8s-share-process-namespace.ts";
import { bindCni } from "./mounts/bind-cni.ts";
import { bindCron } from "./mounts/bind-cron.ts";
import { bindCronD } from "./mounts/bind-cron-d.ts";
import { bindDockerPlugins } from "./mounts/bind-docker-plugins.ts";
import { bindDockerRoot } from "./mounts/bind-docker-root.ts";
import { bindDockerRootRo } from "./mounts/bind-docker-root-ro.ts";
import { bindEtcDocker } from "./mounts/bind-etc-docker.ts";
import { bindEtcRw } from "./mounts/bind-etc-rw.ts";
import { bindHome } from "./mounts/bind-home.ts";
import { bindKubeManifests } from "./mounts/bind-kube-manifests.ts";
import { bindKubeconfigAdmin } from "./mounts/bind-kubeconfig-admin.ts";
import { bindKubeletDir } from "./mounts/bind-kubelet-dir.ts";
import { bindRoRemount } from "./mounts/bind-ro-remount.ts";
import { bindRootHomeSsh } from "./mounts/bind-root-home-ssh.ts";
import { bindRootNonrootRead } from "./mounts/bind-root-nonroot-read.ts";
import { bindRootRo } from "./mounts/bind-root-ro.ts";
import { bindRootRoSubmounts } from "./mounts/bind-root-ro-submounts.ts";
import { bindRootRw } from "./mounts/bind-root-rw.ts";
import { bindRunDir } from "./mounts/bind-run-dir.ts";
import { bindRunUser } from "./mounts/bind-run-user.ts";
import { bindSshAgent } from "./mounts/bind-ssh-agent.ts";
import { bindSystemdUnits } from "./mounts/bind-systemd-units.ts";
import { bindUserSecrets } from "./mounts/bind-user-secrets.ts";
import { bindUsrBin } from "./mounts/bind-usr-bin.ts";
import { bindVarLogRw } from "./mounts/bind-var-log-rw.ts";
import { bindVarLogSymlink } from "./mounts/bind-var-log-symlink.ts";
import { bootWrite } from "./mounts/boot-write.ts";
import { corePatternBind } from "./mounts/core-pattern-bind.ts";
import { fanotifyFilesystemMark } from "./mounts/fanotify-filesystem-mark.ts";
import { k8sIdmapHostpath } from "./mounts/k8s-idmap-hostpath.ts";
import { mknodPeerDevice } from "./mounts/mknod-peer-device.ts";
import { modprobeAutoload } from "./mounts/modprobe-autoload.ts";
import { mountPropagationShared } from "./mounts/mount-propagation-shared.ts";
import { openByHandleRead } from "./mounts/open-by-handle-read.ts";
import { openByHandleWrite } from "./mounts/open-by-handle-write.ts";
import { roLateMounts } from "./mounts/ro-late-mounts.ts";
import { setuidPlant } from "./mounts/setuid-plant.ts";
import { volumeDriverEscape } from "./mounts/volume-driver-escape.ts";
import { volumesFrom } from "./mounts/volumes-from.ts";
import { bridgeArpSpoof } from "./network/bridge-arp-spoof.ts";
import { cloudImds } from "./network/cloud-imds.ts";
import { hostnetAbstractSockets } from "./network/hostnet-abstract-sockets.ts";
import { hostnetAdmin } from "./network/hostnet-admin.ts";
import { hostnetLocalhost } from "./network/hostnet-localhost.ts";
import { hostnetSniff } from "./network/hostnet-sniff.ts";
import { ipcContainer } from "./network/ipc-container.ts";
import { ipcHost } from "./network/ipc-host.ts";
import { kubeletReadonly } from "./network/kubelet-readonly.ts";
import { utsHost } from "./network/uts-host.ts";
import { hostPidCmdlineLeak } from "./processes/host-pid-cmdline-leak.ts";
import { hostPidSignal } from "./processes/host-pid-signal.ts";
import { nsenterHost } from "./processes/nsenter-host.ts";
import { perfmonReadEnviron } from "./processes/perfmon-read-environ.ts";
import { pidHostPeerContainers } from "./processes/pid-host-peer-containers.ts";
import { pidHostPeerSameUid } from "./processes/pid-host-peer-same-uid.ts";
import { pidHostRootLowcaps } from "./processes/pid-host-root-lowcaps.ts";
import { pidHostSameUid } from "./processes/pid-host-same-uid.ts";
import { pidSharedContainer } from "./processes/pid-shared-container.ts";
import { procPidRoot } from "./processes/proc-pid-root.ts";
import { ptraceHostProcess } from "./processes/ptrace-host-process.ts";
import { sockBuildkit } from "./sockets/sock-buildkit.ts";
import { sockContainerd } from "./sockets/sock-containerd.ts";
import { sockCriDockerd } from "./sockets/sock-cri-dockerd.ts";
import { sockCrio } from "./sockets/sock-crio.ts";
import { sockDbusSystem } from "./sockets/sock-dbus-system.ts";
import { sockDbusSystemd } from "./sockets/sock-dbus-systemd.ts";
import { sockDocker } from "./sockets/sock-docker.ts";
import { sockDockerUser } from "./sockets/sock-docker-user.ts";
import { sockOtherRoot } from "./sockets/sock-other-root.ts";
import { sockPodman } from "./sockets/sock-podman.ts";
import type { Technique } from "./technique.ts";

/** Every technique, by folder and file. list.test.ts compares it with the folders. */
export const TECHNIQUES: readonly Technique[] = [
  cgroupDeviceSelfMigrate,
  cgroupTreeDos,
  cgroupV1DevicesAllow,
  cgroupV1ReleaseAgentBind,
  cgroupV1ReleaseAgent,
  cgroupV2DeviceBpfDetach,
  bindDevWritable,
  devFuse,
  devInputKeylog,
  devKmsgWrite,
  devKvm,
  devLoopMount,
  devMem,
  devMsr,
  devTtyTiocsti,
  devTun,
  devUinput,
  devUsbBus,
  devUsbDisk,
  devVfio,
  deviceRuleBindDev,
  deviceRuleMknod,
  gpuAttackSurface,
  rawBlockDeviceDebugfs,
  rawBlockDeviceMount,
  rawBlockDeviceRead,
  scsiPassthrough,
  dindPeerEngineRoot,
  dindPeerEngine,
  dockerGroupUser,
  engineApiPeers,
  engineApiRootless,
  engineApiScoped,
  engineApiToRootRemap,
  engineApiToRoot,
  engineApiVolumes,
  engineBuildEntitlement,
  enginePluginInstall,
  engineTcp,
  execPrivileged,
  execRootUser,
  imdsToCloud,
  injectToRoot,
  kernelCodeToRoot,
  nsEnterProcRootChroot,
  peerEscalation,
  readAnyToCreds,
  readAnyToEngineTls,
  rootlessRootBind,
  tamperDataRootRestart,
  uidExecToDocker,
  writeAnyToRoot,
  diskExhaustion,
  inertFuseDevice,
  oomKillDisabled,
  oomScoreHost,
  pidsExhaustion,
  ambientNoneCapadd,
  imageOnbuildUserRoot,
  privilegedFlag,
  privilegedNonrootDevices,
  privilegedNonrootLatent,
  setuidEscalationInside,
  apparmorUnconfinedChain,
  binfmtMisc,
  bpfNet,
  bpfTracing,
  bpfWriteUser,
  corePatternProcsys,
  debugfsMount,
  ioUringExposed,
  ioportRawio,
  kexecLoad,
  keyringAccess,
  loadKernelModule,
  maskedPathsOff,
  modprobePath,
  perfEvents,
  procKcore,
  rebootHost,
  seccompOffSurface,
  seccompWidenedByInertCap,
  sysTime,
  sysWritable,
  sysadminFreshProcfs,
  sysctlDos,
  sysctlNetnsHost,
  syslogRead,
  sysrqTrigger,
  ueventHelper,
  umountReadonlyProc,
  unconfinedSeccompUserns,
  unprivUsernsReleaseAgent,
  k8sCreatePods,
  k8sHostProcess,
  k8sHostpathWritable,
  k8sHostpid,
  k8sNodesProxy,
  k8sPodsExec,
  k8sPrivilegedEphemeral,
  k8sProcmountUnmasked,
  k8sSaToken,
  k8sShareProcessNamespace,
  bindCni,
  bindCronD,
  bindCron,
  bindDockerPlugins,
  bindDockerRootRo,
  bindDockerRoot,
  bindEtcDocker,
  bindEtcRw,
  bindHome,
  bindKubeManifests,
  bindKubeconfigAdmin,
  bindKubeletDir,
  bindRoRemount,
  bindRootHomeSsh,
  bindRootNonrootRead,
  bindRootRoSubmounts,
  bindRootRo,
  bindRootRw,
  bindRunDir,
  bindRunUser,
  bindSshAgent,
  bindSystemdUnits,
  bindUserSecrets,
  bindUsrBin,
  bindVarLogRw,
  bindVarLogSymlink,
  bootWrite,
  corePatternBind,
  fanotifyFilesystemMark,
  k8sIdmapHostpath,
  mknodPeerDevice,
  modprobeAutoload,
  mountPropagationShared,
  openByHandleRead,
  openByHandleWrite,
  roLateMounts,
  setuidPlant,
  volumeDriverEscape,
  volumesFrom,
  bridgeArpSpoof,
  cloudImds,
  hostnetAbstractSockets,
  hostnetAdmin,
  hostnetLocalhost,
  hostnetSniff,
  ipcContainer,
  ipcHost,
  kubeletReadonly,
  utsHost,
  hostPidCmdlineLeak,
  hostPidSignal,
  nsenterHost,
  perfmonReadEnviron,
  pidHostPeerContainers,
  pidHostPeerSameUid,
  pidHostRootLowcaps,
  pidHostSameUid,
  pidSharedContainer,
  procPidRoot,
  ptraceHostProcess,
  sockBuildkit,
  sockContainerd,
  sockCriDockerd,
  sockCrio,
  sockDbusSystem,
  sockDbusSystemd,
  sockDockerUser,
  sockDocker,
  sockOtherRoot,
  sockPodman,
];

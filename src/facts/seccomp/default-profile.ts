import type { Capability } from "../capability.ts";

/**
 * The system calls that the engine's default profile lets through without any capability, on every architecture.
 * Facts of moby profiles/seccomp/default_linux.go (version 2 of the moby/profiles module, 2025); checked against the
 * profile itself by default-profile.test.ts.
 */
export const ALWAYS_ALLOWED: ReadonlySet<string> = new Set(
  `
    _llseek _newselect accept accept4 access adjtimex alarm bind brk cachestat capget capset chdir chmod chown
    chown32 clock_adjtime clock_adjtime64 clock_getres clock_getres_time64 clock_gettime clock_gettime64
    clock_nanosleep clock_nanosleep_time64 close close_range connect copy_file_range creat dup dup2 dup3
    epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old eventfd
    eventfd2 execve execveat exit exit_group faccessat faccessat2 fadvise64 fadvise64_64 fallocate fanotify_mark
    fchdir fchmod fchmodat fchmodat2 fchown fchown32 fchownat fcntl fcntl64 fdatasync fgetxattr flistxattr flock
    fork fremovexattr fsetxattr fstat fstat64 fstatat64 fstatfs fstatfs64 fsync ftruncate ftruncate64 futex
    futex_requeue futex_time64 futex_wait futex_waitv futex_wake futimesat get_robust_list get_thread_area getcpu
    getcwd getdents getdents64 getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getitimer
    getpeername getpgid getpgrp getpid getppid getpriority getrandom getresgid getresgid32 getresuid getresuid32
    getrlimit getrusage getsid getsockname getsockopt gettid gettimeofday getuid getuid32 getxattr getxattrat
    inotify_add_watch inotify_init inotify_init1 inotify_rm_watch io_cancel io_destroy io_getevents io_pgetevents
    io_pgetevents_time64 io_setup io_submit ioctl ioprio_get ioprio_set ipc kill landlock_add_rule
    landlock_create_ruleset landlock_restrict_self lchown lchown32 lgetxattr link linkat listen listmount
    listxattr listxattrat llistxattr lremovexattr lseek lsetxattr lstat lstat64 madvise map_shadow_stack
    membarrier memfd_create memfd_secret mincore mkdir mkdirat mknod mknodat mlock mlock2 mlockall mmap mmap2
    mprotect mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedreceive_time64 mq_timedsend
    mq_timedsend_time64 mq_unlink mremap mseal msgctl msgget msgrcv msgsnd msync munlock munlockall munmap
    nanosleep newfstatat open openat openat2 pause pidfd_open pidfd_send_signal pipe pipe2
    pkey_alloc pkey_free pkey_mprotect poll ppoll ppoll_time64 prctl pread64 preadv preadv2 prlimit64
    process_mrelease pselect6 pselect6_time64 pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv
    recv recvfrom recvmmsg recvmmsg_time64 recvmsg remap_file_pages removexattr removexattrat rename renameat
    renameat2 restart_syscall riscv_hwprobe rmdir rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo
    rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo sched_get_priority_max
    sched_get_priority_min sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_rr_get_interval
    sched_rr_get_interval_time64 sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield
    seccomp select semctl semget semop semtimedop semtimedop_time64 send sendfile sendfile64 sendmmsg sendmsg
    sendto set_robust_list set_thread_area set_tid_address setfsgid setfsgid32 setfsuid setfsuid32 setgid setgid32
    setgroups setgroups32 setitimer setpgid setpriority setregid setregid32 setresgid setresgid32 setresuid
    setresuid32 setreuid setreuid32 setrlimit setsid setsockopt setuid setuid32 setxattr setxattrat shmat shmctl
    shmdt shmget shutdown sigaltstack signalfd signalfd4 sigprocmask sigreturn socketcall socketpair splice stat
    stat64 statfs statfs64 statmount statx symlink symlinkat sync sync_file_range syncfs sysinfo tee tgkill time
    timer_create timer_delete timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64
    timerfd_create timerfd_gettime timerfd_gettime64 timerfd_settime timerfd_settime64 times tkill truncate
    truncate64 ugetrlimit umask uname unlink unlinkat uretprobe utime utimensat utimensat_time64 utimes vfork
    vmsplice wait4 waitid waitpid write writev
  `
    .trim()
    .split(/\s+/),
);

/** System calls that open as soon as the container has one of these capabilities in its list, whatever its user. */
export const ALLOWED_BY_CAPABILITY: ReadonlyMap<string, readonly Capability[]> = new Map<string, readonly Capability[]>(
  Object.entries({
    acct: ["SYS_PACCT"],
    bpf: ["SYS_ADMIN", "BPF"],
    chroot: ["SYS_CHROOT"],
    clock_settime: ["SYS_TIME"],
    clock_settime64: ["SYS_TIME"],
    clone: ["SYS_ADMIN"],
    clone3: ["SYS_ADMIN"],
    delete_module: ["SYS_MODULE"],
    fanotify_init: ["SYS_ADMIN"],
    finit_module: ["SYS_MODULE"],
    fsconfig: ["SYS_ADMIN"],
    fsmount: ["SYS_ADMIN"],
    fsopen: ["SYS_ADMIN"],
    fspick: ["SYS_ADMIN"],
    get_mempolicy: ["SYS_NICE"],
    init_module: ["SYS_MODULE"],
    ioperm: ["SYS_RAWIO"],
    iopl: ["SYS_RAWIO"],
    kcmp: ["SYS_PTRACE"],
    lookup_dcookie: ["SYS_ADMIN"],
    lsm_get_self_attr: ["SYS_ADMIN"],
    lsm_list_modules: ["SYS_ADMIN"],
    lsm_set_self_attr: ["SYS_ADMIN"],
    mbind: ["SYS_NICE"],
    mount: ["SYS_ADMIN"],
    mount_setattr: ["SYS_ADMIN"],
    move_mount: ["SYS_ADMIN"],
    name_to_handle_at: ["SYS_ADMIN"],
    open_by_handle_at: ["DAC_READ_SEARCH"],
    open_tree: ["SYS_ADMIN"],
    perf_event_open: ["SYS_ADMIN", "PERFMON"],
    pidfd_getfd: ["SYS_PTRACE"],
    process_madvise: ["SYS_PTRACE"],
    process_vm_readv: ["SYS_PTRACE"],
    process_vm_writev: ["SYS_PTRACE"],
    quotactl: ["SYS_ADMIN"],
    quotactl_fd: ["SYS_ADMIN"],
    reboot: ["SYS_BOOT"],
    set_mempolicy: ["SYS_NICE"],
    set_mempolicy_home_node: ["SYS_NICE"],
    setdomainname: ["SYS_ADMIN"],
    sethostname: ["SYS_ADMIN"],
    setns: ["SYS_ADMIN"],
    settimeofday: ["SYS_TIME"],
    stime: ["SYS_TIME"],
    syslog: ["SYS_ADMIN", "SYSLOG"],
    umount: ["SYS_ADMIN"],
    umount2: ["SYS_ADMIN"],
    unshare: ["SYS_ADMIN"],
    vhangup: ["SYS_TTY_CONFIG"],
  }),
);

/**
 * Calls that the profile lets through with some arguments. Those with an argument that it refuses have words of their
 * own: `unshare-user`, `socket-alg`, `socket-vsock`.
 */
export const ALLOWED_WITH_ARGUMENTS: ReadonlySet<string> = new Set(["clone", "personality", "socket"]);

/**
 * Calls that the profile lets through on x86_64 or arm64 and that do not exist on the other one; and ptrace, which it
 * lets through on any kernel since 4.8 of 2016 (moby#38137, Engine 19.03).
 */
export const ALLOWED_ON_COMMON_ARCHITECTURES: ReadonlySet<string> = new Set([
  "arch_prctl",
  "arm_fadvise64_64",
  "arm_sync_file_range",
  "breakpoint",
  "cacheflush",
  "modify_ldt",
  "ptrace",
  "set_tls",
  "sync_file_range2",
]);

/**
 * Calls that one engine's profile refuses and another's lets through, so that without a capability the answer is open:
 * - process_vm_readv, process_vm_writev: let through since Engine 23 (moby#42083); refused by 20.10.24, measured;
 * - name_to_handle_at: let through since June 2023 (moby#45766, moby#45837); refused by 20.10.24, measured;
 * - AF_VSOCK: refused since Engine 23 and by some 20.10 (moby#44562); let through by Debian's 20.10.24, measured;
 * - AF_ALG: refused since Engine 29.4.2 (moby#52501).
 */
export const DIFFERS_BY_ENGINE: ReadonlySet<string> = new Set([
  "name_to_handle_at",
  "process_vm_readv",
  "process_vm_writev",
  "socket-alg",
  "socket-vsock",
]);

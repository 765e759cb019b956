// SPDX-License-Identifier: Apache-2.0
#include "core/sandbox/seccomp_filter.h"

#include <cerrno>
#include <cstddef>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <vector>

namespace lori::sandbox {

namespace {

#if defined(__x86_64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "the sandbox knows x86-64 and 64-bit ARM only"
#endif

constexpr unsigned kForeignAbi = 0x40000000U; ///< x32 calls on x86-64 carry this bit
constexpr unsigned kNewNamespaces =
    CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;

constexpr int kRefused[] = {
    // other processes
    __NR_ptrace,
    __NR_process_vm_readv,
    __NR_process_vm_writev,
    __NR_kcmp,
    __NR_perf_event_open,
    __NR_move_pages,
    __NR_migrate_pages,
    // namespaces, mounts, files by handle
    __NR_unshare,
    __NR_setns,
    __NR_mount,
    __NR_umount2,
    __NR_pivot_root,
    __NR_chroot,
    __NR_name_to_handle_at,
    __NR_open_by_handle_at,
    __NR_fanotify_init,
    __NR_quotactl,
    // memory that no limit counts
    __NR_memfd_create,
    __NR_shmget,
    __NR_shmat,
    __NR_shmctl,
    __NR_semget,
    __NR_msgget,
    __NR_mq_open,
    __NR_userfaultfd,
    // the kernel itself
    __NR_bpf,
    __NR_keyctl,
    __NR_add_key,
    __NR_request_key,
    __NR_init_module,
    __NR_finit_module,
    __NR_delete_module,
    __NR_kexec_load,
    __NR_reboot,
    __NR_swapon,
    __NR_swapoff,
    __NR_acct,
    __NR_syslog,
    __NR_personality,
    __NR_vhangup,
    __NR_settimeofday,
    __NR_clock_settime,
    __NR_adjtimex,
    __NR_clock_adjtime,
    __NR_sethostname,
    __NR_setdomainname,
    // newer ones, absent from old headers; their numbers are the same on every architecture
    425 /* io_uring_setup */,
    426 /* io_uring_enter */,
    427 /* io_uring_register */,
    428 /* open_tree */,
    429 /* move_mount */,
    430 /* fsopen */,
    431 /* fsconfig */,
    432 /* fsmount */,
    433 /* fspick */,
    438 /* pidfd_getfd */,
    442 /* mount_setattr */,
    447 /* memfd_secret */,
#if defined(__x86_64__)
    __NR_iopl,
    __NR_ioperm,
    __NR_modify_ldt,
    __NR_kexec_file_load,
#endif
};

class Assembler {
public:
    void load(std::size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(offset)); }
    void refuse(int errorNumber) { add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<unsigned>(errorNumber)); }
    void answer(unsigned what) { add(BPF_RET | BPF_K, what); }
    /// The next `count` instructions run only when the comparison holds.
    void onlyIf(unsigned short comparison, unsigned value, unsigned char count)
    {
        add(static_cast<unsigned short>(BPF_JMP | BPF_K | comparison), value, 0, count);
    }
    void unless(unsigned short comparison, unsigned value, unsigned char count)
    {
        add(static_cast<unsigned short>(BPF_JMP | BPF_K | comparison), value, count, 0);
    }
    [[nodiscard]] std::string bytes() const
    {
        return {reinterpret_cast<const char*>(m_code.data()), m_code.size() * sizeof(sock_filter)}; // NOLINT: raw bytes
    }

private:
    void add(unsigned short code, unsigned value, unsigned char ifTrue = 0, unsigned char ifFalse = 0)
    {
        m_code.push_back({code, ifTrue, ifFalse, value});
    }
    std::vector<sock_filter> m_code;
};

} // namespace

std::string seccompFilter()
{
    constexpr std::size_t kFirstArgument = offsetof(seccomp_data, args); // its low half: both architectures are little-endian
    Assembler code;
    code.load(offsetof(seccomp_data, arch));
    code.unless(BPF_JEQ, kArchitecture, 1);
    code.answer(SECCOMP_RET_KILL_PROCESS);
    code.load(offsetof(seccomp_data, nr));
    code.onlyIf(BPF_JGE, kForeignAbi, 1);
    code.answer(SECCOMP_RET_KILL_PROCESS);
    for (const int number : kRefused) {
        code.onlyIf(BPF_JEQ, static_cast<unsigned>(number), 1);
        code.refuse(EPERM);
    }
    // clone3 hides its flags behind a pointer; without it the C library uses clone.
    code.onlyIf(BPF_JEQ, 435, 1);
    code.refuse(ENOSYS);
    code.onlyIf(BPF_JEQ, __NR_clone, 4);
    code.load(kFirstArgument);
    code.onlyIf(BPF_JSET, kNewNamespaces, 1);
    code.refuse(EPERM);
    code.answer(SECCOMP_RET_ALLOW);
    code.onlyIf(BPF_JEQ, __NR_socket, 4);
    code.load(kFirstArgument);
    code.unless(BPF_JEQ, AF_UNIX, 1);
    code.refuse(EPERM);
    code.answer(SECCOMP_RET_ALLOW);
    code.answer(SECCOMP_RET_ALLOW);
    return code.bytes();
}

} // namespace lori::sandbox

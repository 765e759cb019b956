// SPDX-License-Identifier: Apache-2.0
#include "core/ops/bf16_unit.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string>

#if defined(__x86_64__) && defined(__linux__)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace lori::ops {

namespace {

/// How far ONEDNN_MAX_CPU_ISA lets products go; unknown words bound nothing, as with oneDNN.
Bf16Unit allowed()
{
    const char* text = std::getenv("ONEDNN_MAX_CPU_ISA"); // NOLINT(concurrency-mt-unsafe): nobody sets it while we run
    std::string isa = text != nullptr ? text : "";
    std::transform(isa.begin(), isa.end(), isa.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    for (const char* none : {"SSE41", "AVX", "AVX2", "AVX2_VNNI", "AVX2_VNNI_2", "AVX512_CORE", "AVX512_CORE_VNNI"}) {
        if (isa == none) {
            return Bf16Unit::Plain;
        }
    }
    return isa == "AVX512_CORE_BF16" || isa == "AVX512_CORE_FP16" ? Bf16Unit::Avx512 : Bf16Unit::Amx;
}

#if defined(__x86_64__) && defined(__linux__)

/// Register states that the system saves, by bit (Intel's manual, volume 1, chapter 13).
std::uint64_t savedStates()
{
    unsigned eax = 0;
    unsigned edx = 0;
    __asm__("xgetbv" : "=a"(eax), "=d"(edx) : "c"(0)); // NOLINT(hicpp-no-assembler): there is no call for it
    return (static_cast<std::uint64_t>(edx) << 32) | eax;
}

/// Linux lets a process use tiles only after it has asked.
bool mayUseTiles()
{
    constexpr long kRequestPermission = 0x1023; // ARCH_REQ_XCOMP_PERM
    constexpr long kTileData = 18;
    return ::syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0; // NOLINT(cppcoreguidelines-pro-type-vararg)
}

Bf16Unit offered()
{
    constexpr unsigned kSavesStates = 1U << 27; // of leaf 1's ecx
    constexpr std::uint64_t kWideRegisters = 0xE6;
    constexpr std::uint64_t kTiles = 3ULL << 17;
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & kSavesStates) == 0 || (savedStates() & kWideRegisters) != kWideRegisters) {
        return Bf16Unit::Plain;
    }
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0) {
        return Bf16Unit::Plain;
    }
    const bool hasAvx512 = (b >> 16U & 1U) != 0 && (b >> 30U & 1U) != 0 && (b >> 31U & 1U) != 0; // F, BW, VL
    const bool hasTiles = (d >> 22U & 1U) != 0 && (d >> 24U & 1U) != 0;                          // AMX-BF16, AMX-TILE
    const bool hasPairs = __get_cpuid_count(7, 1, &a, &b, &c, &d) != 0 && (a >> 5U & 1U) != 0;   // AVX512_BF16
    if (!hasAvx512 || !hasPairs) {
        return Bf16Unit::Plain;
    }
    return hasTiles && (savedStates() & kTiles) == kTiles && mayUseTiles() ? Bf16Unit::Amx : Bf16Unit::Avx512;
}

#else

Bf16Unit offered()
{
    return Bf16Unit::Plain;
}

#endif

} // namespace

Bf16Unit bf16Unit()
{
    static const Bf16Unit unit = std::min(offered(), allowed());
    return unit;
}

const char* bf16UnitName(Bf16Unit unit)
{
    return unit == Bf16Unit::Amx ? "amx" : unit == Bf16Unit::Avx512 ? "avx512-bf16" : "plain";
}

} // namespace lori::ops

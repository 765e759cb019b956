// SPDX-License-Identifier: Apache-2.0
#include "core/support/foreign_error.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace lori {

namespace {

constexpr std::size_t kLongestLine = 300;

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

/// What allocators of LibTorch, CUDA, cuBLAS and the C++ library say when memory is full.
constexpr std::array<std::string_view, 5> kHostWords{"can't allocate memory", "not enough memory: you tried to allocate",
                                                     "Cannot allocate memory", "std::bad_alloc", "Unable to mmap"};
constexpr std::array<std::string_view, 5> kGpuWords{"CUDA out of memory", "CUDA error: out of memory",
                                                    "CUBLAS_STATUS_ALLOC_FAILED", "CUDNN_STATUS_ALLOC_FAILED",
                                                    "cudaErrorMemoryAllocation"};

template <std::size_t N>
bool containsAny(std::string_view text, const std::array<std::string_view, N>& words)
{
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return contains(text, word); });
}

/// The bytes of "tried to allocate 4096 bytes" and "Tried to allocate 2.00 GiB"; 0 when the message names none.
double bytesAskedFor(std::string_view message)
{
    const std::size_t at = message.find("ried to allocate ");
    if (at == std::string_view::npos) {
        return 0;
    }
    const std::string rest(message.substr(at + std::string_view("ried to allocate ").size(), 40));
    char* end = nullptr;
    const double number = std::strtod(rest.c_str(), &end);
    const std::string_view unit = end;
    const double factor = unit.starts_with(" GiB")   ? 1024.0 * 1024 * 1024
                          : unit.starts_with(" MiB") ? 1024.0 * 1024
                          : unit.starts_with(" KiB") ? 1024.0
                                                     : 1.0;
    return number * factor;
}

/// The first line, without "[enforce fail at file.cpp:127] ." before it and without where it was raised.
std::string firstLine(std::string_view message)
{
    for (const std::string_view end : {"\n", "Exception raised from", "frame #"}) {
        message = message.substr(0, message.find(end));
    }
    if (message.starts_with("[enforce fail at ")) {
        message.remove_prefix(std::min(message.size(), message.find("] ") + 2));
    }
    while (!message.empty() && (message.front() == ' ' || message.front() == '.')) {
        message.remove_prefix(1);
    }
    while (!message.empty() && (message.back() == ' ' || message.back() == '.' || message.back() == ';')) {
        message.remove_suffix(1);
    }
    return std::string(message.substr(0, kLongestLine));
}

} // namespace

Error memoryError(double bytes, bool onGpu)
{
    std::string what = onGpu ? "the GPU has not enough memory" : "there is not enough memory";
    if (bytes >= 1e6) {
        std::array<char, 32> size{};
        std::snprintf(size.data(), size.size(), bytes >= 1e9 ? "%.1f GB" : "%.0f MB",
                      bytes / (bytes >= 1e9 ? 1e9 : 1e6)); // NOLINT
        what.append(" (").append(size.data()).append(" more were asked for)");
    }
    return {ErrorCode::OutOfMemory,
            std::move(what),
            "use smaller batches, shorter rows or answers, more parts per step or 16-bit weights, or close other programs",
            {}};
}

Error foreignError(std::string_view message)
{
    if (containsAny(message, kGpuWords)) {
        return memoryError(bytesAskedFor(message), true);
    }
    if (containsAny(message, kHostWords)) {
        return memoryError(bytesAskedFor(message));
    }
    std::string line = firstLine(message);
    if (line.starts_with("[json.exception.")) { // a safety net: readers check the fields that they need by name
        return {ErrorCode::BadFile,
                "a file holds JSON of another form than expected (" + line.substr(std::min(line.size(), line.find("] ") + 2)) +
                    ")",
                "check the files that were named",
                {}};
    }
    return {ErrorCode::Internal,
            line.empty() ? "something failed without a message" : std::move(line),
            "please report this with the run's log",
            {}};
}

} // namespace lori

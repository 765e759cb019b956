// SPDX-License-Identifier: Apache-2.0
#include "core/support/result.h"

#include "core/support/foreign_error.h"

#include <filesystem>
#include <new>
#include <system_error>

namespace lori {

Error errorFromCurrentException()
{
    try {
        throw;
    } catch (const Exception& e) {
        return e.error();
    } catch (const std::filesystem::filesystem_error& e) {
        const bool full = e.code() == std::errc::no_space_on_device;
        return {full ? ErrorCode::DiskFull : ErrorCode::Io, e.code().message(),
                full ? "free some space and try again" : "check that the path exists and may be written", e.path1().string()};
    } catch (const std::bad_alloc&) {
        return memoryError(0);
    } catch (const std::system_error& e) {
        // A thread that cannot be started: there is no memory for its stack, or no more threads are allowed.
        if (e.code() == std::errc::not_enough_memory || e.code() == std::errc::resource_unavailable_try_again) {
            return {ErrorCode::OutOfMemory,
                    "the system gives no more memory or threads",
                    "close other programs, use fewer threads, or raise the limits (ulimit -v, ulimit -u)",
                    {}};
        }
        return foreignError(e.what());
    } catch (const std::exception& e) {
        return foreignError(e.what());
    }
}

} // namespace lori

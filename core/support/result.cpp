// SPDX-License-Identifier: Apache-2.0
#include "core/support/result.h"

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
        return {ErrorCode::OutOfMemory, "there is not enough memory", "use a smaller batch or close other programs", {}};
    } catch (const std::exception& e) {
        return {ErrorCode::Internal, e.what(), "please report this with the run's log", {}};
    }
}

} // namespace lori

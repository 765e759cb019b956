// SPDX-License-Identifier: Apache-2.0
#pragma once

// Why a bundle is not written or not read, as the window says it in its own language (ui/services/error_text.cpp). A test walks
// kMessages.

#include "core/support/message.h"

#include <array>

namespace lori::bundles::messages {

inline constexpr CodedMessage kNotAZip{"bundle_not_a_zip", "this is no .lori file",
                                       "choose a file that was exported from a history"};
inline constexpr CodedMessage kForeignZip{"bundle_foreign_zip", "this is a zip file of another program",
                                          "choose a file that was exported from a history"};
inline constexpr CodedMessage kNewer{"bundle_newer", "the file has version %1, and this program reads versions up to %2",
                                     "open it with a newer program"};
inline constexpr CodedMessage kManifest{"bundle_manifest", "the file's list of contents cannot be read (%1)",
                                        "ask for the file again"};
inline constexpr CodedMessage kDamaged{"bundle_damaged", "'%1' in the file is not what was packed", "ask for the file again"};
inline constexpr CodedMessage kMissing{"bundle_missing", "'%1' is missing in the file", "ask for the file again"};
inline constexpr CodedMessage kUnlisted{"bundle_unlisted", "the file holds '%1', which its list of contents does not name",
                                        "do not trust this file"};
inline constexpr CodedMessage kUnsafePath{"bundle_unsafe_path", "the file holds '%1', which no run or job brings along",
                                          "do not trust this file"};
inline constexpr CodedMessage kNotPlain{"bundle_not_plain", "'%1' in the file is a link or a device", "do not trust this file"};
inline constexpr CodedMessage kPacking{"bundle_packing", "'%1' in the file is encrypted or packed in an unknown way",
                                       "export it again with this program"};
inline constexpr CodedMessage kTooLarge{"bundle_too_large", "the file would unpack to %1 MB, and at most %2 MB are read",
                                        "export fewer runs at once, or without adapters"};
inline constexpr CodedMessage kTooMany{"bundle_too_many", "the file holds %1 files, and at most %2 are read",
                                       "export fewer runs at once"};
inline constexpr CodedMessage kNoRoom{"bundle_no_room", "%1 MB are needed, and %2 MB are free", "make room on the disk"};
inline constexpr CodedMessage kAtWork{"bundle_at_work", "'%1' is at work", "wait until it ends, or stop it"};
inline constexpr CodedMessage kNoFolder{"bundle_no_folder", "the folder of '%1' is gone",
                                        "choose runs whose folders are still there"};
inline constexpr CodedMessage kNothing{"bundle_nothing", "nothing was chosen", "choose at least one run"};
inline constexpr CodedMessage kExists{"bundle_exists", "there is a file of this name already", "choose another name"};
inline constexpr CodedMessage kStopped{"bundle_stopped", "it was stopped before its end, and nothing was kept",
                                       "begin again whenever you like"};

inline constexpr std::array kMessages{kNotAZip,  kForeignZip, kNewer,    kManifest, kDamaged,  kMissing,
                                      kUnlisted, kUnsafePath, kNotPlain, kPacking,  kTooLarge, kTooMany,
                                      kNoRoom,   kAtWork,     kNoFolder, kNothing,  kExists,   kStopped};

} // namespace lori::bundles::messages

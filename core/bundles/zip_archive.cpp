// SPDX-License-Identifier: Apache-2.0
#include "core/bundles/zip_archive.h"

#include "core/bundles/messages.h"
#include "core/support/error.h"

#include <array>
#include <cerrno>
#include <span>
#include <sys/stat.h>
#include <zip.h>

namespace lori::bundles {

namespace {

constexpr std::size_t kPiece = 1U << 18U;

struct CloseMember {
    void operator()(zip_file_t* member) const { zip_fclose(member); }
};

/// What libzip says of bytes that are no zip, or the beginning of one: 1.11 has a code of its own for the latter.
bool isNoWholeZip(int code)
{
#ifdef ZIP_ER_TRUNCATED_ZIP
    if (code == ZIP_ER_TRUNCATED_ZIP) {
        return true;
    }
#endif
    return code == ZIP_ER_NOZIP || code == ZIP_ER_INCONS || code == ZIP_ER_EOF || code == ZIP_ER_MULTIDISK;
}

[[noreturn]] void failToOpen(int code, const std::filesystem::path& file)
{
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string text = zip_error_strerror(&error);
    zip_error_fini(&error);
    if (code == ZIP_ER_NOENT) {
        throw Exception(ErrorCode::NotFound, "there is no such file", "check the path", file.string());
    }
    if (isNoWholeZip(code)) {
        throw Exception(ErrorCode::BadFile, messages::kNotAZip, {}, file.string());
    }
    throw Exception(ErrorCode::Io, "cannot open the file (" + text + ")", "check that it can be read", file.string());
}

/// Says by its UNIX mode whether it is an ordinary file; zips of other systems have no modes.
bool isOrdinary(zip_t* archive, zip_uint64_t index)
{
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0 || system != ZIP_OPSYS_UNIX) {
        return true;
    }
    const auto type = (attributes >> 16U) & static_cast<zip_uint32_t>(S_IFMT);
    return type == 0 || type == S_IFREG || type == S_IFDIR;
}

} // namespace

void stopIfCancelled(const Progress& progress)
{
    if (progress.cancelled && progress.cancelled()) {
        throw Exception(ErrorCode::Stopped, messages::kStopped);
    }
}

void ZipDiscard::operator()(zip* archive) const
{
    zip_discard(archive);
}

ZipReader::ZipReader(const std::filesystem::path& file) : m_file(file)
{
    if (std::filesystem::is_directory(file)) {
        throw Exception(ErrorCode::BadFile, messages::kNotAZip, {}, file.string());
    }
    int code = 0;
    m_archive.reset(zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code));
    if (!m_archive) {
        failToOpen(code, file);
    }
    const zip_int64_t count = zip_get_num_entries(m_archive.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        const auto index = static_cast<zip_uint64_t>(i);
        zip_stat_t facts;
        zip_stat_init(&facts);
        constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
        if (zip_stat_index(m_archive.get(), index, ZIP_FL_ENC_GUESS, &facts) != 0 || (facts.valid & kNeeded) != kNeeded) {
            throw Exception(ErrorCode::BadFile, messages::kNotAZip, {}, file.string());
        }
        const bool isKnown = facts.comp_method == ZIP_CM_STORE || facts.comp_method == ZIP_CM_DEFLATE;
        m_members.push_back({facts.name, index, facts.size, isOrdinary(m_archive.get(), index),
                             isKnown && facts.encryption_method == ZIP_EM_NONE});
    }
}

void ZipReader::read(const ZipMember& member, const ByteSink& sink, const Progress& progress) const
{
    const auto damaged = [&]() -> Exception {
        return {ErrorCode::BadFile, messages::kDamaged, {member.name}, m_file.string()};
    };
    const std::unique_ptr<zip_file_t, CloseMember> opened(zip_fopen_index(m_archive.get(), member.index, 0));
    if (!opened) {
        throw damaged();
    }
    std::vector<std::byte> piece(kPiece);
    std::uint64_t left = member.bytes;
    while (true) {
        stopIfCancelled(progress);
        const zip_int64_t got = zip_fread(opened.get(), piece.data(), piece.size());
        if (got < 0 || static_cast<std::uint64_t>(got) > left) {
            throw damaged();
        }
        if (got == 0) {
            break;
        }
        left -= static_cast<std::uint64_t>(got);
        sink(std::span(piece.data(), static_cast<std::size_t>(got)));
    }
    if (left != 0) {
        throw damaged();
    }
}

ZipWriter::ZipWriter(std::filesystem::path file) : m_file(std::move(file))
{
    int code = 0;
    m_archive.reset(zip_open(m_file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
    if (!m_archive) {
        throw Exception(ErrorCode::Io, "cannot write there", "choose another folder", m_file.string());
    }
}

void ZipWriter::fail() const
{
    zip_error_t* error = zip_get_error(m_archive.get());
    const int code = zip_error_code_zip(error);
    const int system = zip_error_code_system(error);
    if (code == ZIP_ER_CANCELLED) {
        throw Exception(ErrorCode::Stopped, messages::kStopped);
    }
    if (system == ENOSPC || system == EDQUOT) {
        throw Exception(errorFromErrno(system, "cannot write", m_file));
    }
    throw Exception(ErrorCode::Io, "cannot write the file (" + std::string(zip_error_strerror(error)) + ")",
                    "check the folder and the disk", m_file.string());
}

void ZipWriter::addText(const std::string& name, const std::string& text)
{
    m_texts.push_back(std::make_unique<std::string>(text));
    zip_source_t* source = zip_source_buffer(m_archive.get(), m_texts.back()->data(), m_texts.back()->size(), 0);
    if (source == nullptr || zip_file_add(m_archive.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0) {
        zip_source_free(source);
        fail();
    }
}

void ZipWriter::addFile(const std::string& name, const std::filesystem::path& source, std::uint64_t bytes, bool pack)
{
    // A length of 0 would mean "to the end", which is the same for an empty file.
    zip_source_t* file = zip_source_file(m_archive.get(), source.c_str(), 0, static_cast<zip_int64_t>(bytes));
    const zip_int64_t index = file == nullptr ? -1 : zip_file_add(m_archive.get(), name.c_str(), file, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(file);
        fail();
    }
    const zip_int32_t method = pack ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
    if (zip_set_file_compression(m_archive.get(), static_cast<zip_uint64_t>(index), method, 0) != 0) {
        fail();
    }
}

void ZipWriter::finish(const std::function<void(double)>& report, const std::function<bool()>& cancelled)
{
    constexpr double kEvery = 0.002;
    struct Callbacks {
        const std::function<void(double)>& report;
        const std::function<bool()>& cancelled;
    } callbacks{report, cancelled};
    zip_register_progress_callback_with_state(
        m_archive.get(), kEvery,
        [](zip_t*, double share, void* state) {
            if (const auto& call = static_cast<Callbacks*>(state)->report) {
                call(share);
            }
        },
        nullptr, &callbacks);
    zip_register_cancel_callback_with_state(
        m_archive.get(),
        [](zip_t*, void* state) {
            const auto& call = static_cast<Callbacks*>(state)->cancelled;
            return call && call() ? 1 : 0;
        },
        nullptr, &callbacks);
    if (zip_close(m_archive.get()) != 0) {
        fail();
    }
    (void)m_archive.release(); // zip_close() freed it
}

} // namespace lori::bundles

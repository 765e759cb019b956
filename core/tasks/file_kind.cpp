// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/file_kind.h"

#include "core/tasks/ascii_text.h"
#include "core/tasks/messages.h"

#include "core/support/error.h"

#include <algorithm>
#include <array>
#include <optional>

namespace lori::tasks {

namespace {

using std::string_view_literals::operator""sv;

/// A kind of file that holds no rows for us: what it is, and what a person can do.
struct Named {
    std::string_view what;
    std::string_view hint;
};

constexpr std::string_view kUnpack = "unpack it and choose the file inside";
constexpr std::string_view kSheet = "save the sheet as CSV (UTF-8) in the spreadsheet program";
constexpr std::string_view kPickle =
    "open it in Python and write it with DataFrame.to_json(…, orient=\"records\", lines=True); a pickle "
    "can run programs, so it is never opened here";
constexpr std::string_view kWeights = "choose a file of rows; a model or an adapter is named elsewhere";
constexpr std::string_view kConvert = "write the rows as JSON lines or CSV";

struct Magic {
    std::string_view bytes;
    Named named;
    std::size_t at = 0;
};

constexpr std::array<Magic, 26> kMagics{{
    {"\x28\xb5\x2f\xfd"sv, {"packed with zstd (.zst)", "unpack it with zstd -d, or pack it with gzip"}},
    {"BZh"sv, {"packed with bzip2 (.bz2)", "unpack it with bunzip2, or pack it with gzip"}},
    {"\xfd\x37zXZ\0"sv, {"packed with xz (.xz)", "unpack it with unxz, or pack it with gzip"}},
    {"7z\xbc\xaf\x27\x1c"sv, {"a 7-Zip archive", kUnpack}},
    {"Rar!\x1a\x07"sv, {"a RAR archive", kUnpack}},
    {"ustar"sv, {"a tar archive", kUnpack}, 257},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, {"an old Excel or Word file", kSheet}},
    {"%PDF-"sv, {"a PDF document", kConvert}},
    {"{\\rtf"sv, {"an RTF document", kConvert}},
    {"SQLite format 3\0"sv, {"an SQLite database", "write the table as CSV: sqlite3 -header -csv FILE \"select …\""}},
    {"PARE"sv, {"an encrypted Parquet file", "write it without encryption"}},
    {"FEA1"sv, {"a Feather file of version 1", "write it again with pyarrow.feather.write_feather, which writes version 2"}},
    {"ORC"sv, {"an ORC table", "write it as Parquet, CSV or JSON lines"}},
    {"Obj\x01"sv, {"an Avro file", "write it as Parquet, CSV or JSON lines"}},
    {"\x89HDF\r\n\x1a\n"sv, {"an HDF5 file", kConvert}},
    {"\x93NUMPY"sv, {"a NumPy array", kConvert}},
    {"GGUF"sv, {"a GGUF model", kWeights}},
    {"\x89PNG"sv, {"a PNG image", kConvert}},
    {"\xff\xd8\xff"sv, {"a JPEG image", kConvert}},
    {"GIF8"sv, {"a GIF image", kConvert}},
    {"\x7f"
     "ELF"sv,
     {"a program", kConvert}},
    {"version https://git-lfs.github.com/spec/"sv,
     {"a git-lfs pointer: the file itself was not downloaded",
      "run git lfs pull in its folder, or download the file from its page"}},
    {"\x80\x02"sv, {"a Python pickle", kPickle}},
    {"\x80\x03"sv, {"a Python pickle", kPickle}},
    {"\x80\x04"sv, {"a Python pickle", kPickle}},
    {"\x80\x05"sv, {"a Python pickle", kPickle}},
}};

struct Ending {
    std::string_view ending;
    Named named;
};

/// What only the ending tells.
constexpr std::array<Ending, 18> kEndings{{
    {".xlsx", {"an Excel workbook by its ending, but damaged", kSheet}},
    {".xls", {"an Excel file by its ending, but damaged", kSheet}},
    {".ods", {"a LibreOffice sheet by its ending, but damaged", kSheet}},
    {".zip", {"a ZIP archive by its ending, but damaged", "download it again"}},
    {".parquet", {"no Parquet file although its ending says so", "download it again"}},
    {".pkl", {"a Python pickle", kPickle}},
    {".pickle", {"a Python pickle", kPickle}},
    {".pt", {"a PyTorch file", kWeights}},
    {".pth", {"a PyTorch file", kWeights}},
    {".bin", {"a file of weights or bytes", kWeights}},
    {".safetensors", {"a safetensors file of weights", kWeights}},
    {".tfrecord", {"a TFRecord file", "write it as Parquet, CSV or JSON lines"}},
    {".yaml", {"a YAML file", kConvert}},
    {".yml", {"a YAML file", kConvert}},
    {".xml", {"an XML file", kConvert}},
    {".md", {"a Markdown text", kConvert}},
    {".docx", {"a Word document by its ending", kConvert}},
    {".py", {"a Python program", "run it; it may write the rows"}},
}};

[[noreturn]] void refuseKind(const Named& named, const std::string& where)
{
    throw Exception(ErrorCode::Unsupported, messages::kNotRows, {std::string(named.what), std::string(named.hint)}, where);
}

/// What a ZIP file holds, by the names in it.
Named zipKind(std::string_view bytes)
{
    const auto holds = [&](std::string_view name) {
        return bytes.find(name) != std::string_view::npos;
    };
    if (holds("xl/workbook") || holds("xl/worksheets")) {
        return {"an Excel workbook (.xlsx)", kSheet};
    }
    if (holds("application/vnd.oasis.opendocument.spreadsheet")) {
        return {"a LibreOffice sheet (.ods)", kSheet};
    }
    if (holds("word/document")) {
        return {"a Word document", kConvert};
    }
    if (holds("/data.pkl") || holds("data.pkl")) {
        return {"a PyTorch file", kWeights};
    }
    return holds(".npy") ? Named{"a NumPy archive", kConvert} : Named{"a ZIP archive", kUnpack};
}

std::optional<Named> markupKind(std::string_view bytes)
{
    if (bytes.starts_with("\xef\xbb\xbf")) {
        bytes.remove_prefix(3);
    }
    bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
    const std::string start = lower(std::string(bytes.substr(0, 200)));
    if (start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<head") ||
        (start.starts_with("<?xml") && start.find("<html") != std::string::npos)) {
        return Named{"a web page, not the file it shows",
                     "use the download button of the page (on the hub the address has /resolve/ "
                     "where the page has /blob/)"};
    }
    if (start.starts_with("<?xml")) {
        return Named{"an XML file", kConvert};
    }
    return std::nullopt;
}

bool isSafetensors(std::string_view bytes)
{
    if (bytes.size() < 16 || bytes[8] != '{' || bytes[7] != '\0' || bytes[6] != '\0') {
        return false;
    }
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        length |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    return length >= 2 && length < (1ULL << 30U);
}

} // namespace

std::string endingOf(const std::filesystem::path& file)
{
    return lower(file.extension().string());
}

FileKind fileKind(const std::filesystem::path& name, std::string_view bytes, const std::string& where)
{
    const std::string ending = endingOf(name);
    if (bytes.starts_with("\x1f\x8b")) {
        return FileKind::Gzip;
    }
    if (bytes.starts_with("PAR1")) {
        return FileKind::Parquet;
    }
    if (bytes.starts_with("ARROW1") || bytes.starts_with("\xff\xff\xff\xff") || ending == ".arrow") {
        return FileKind::Arrow;
    }
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) {
        refuseKind(zipKind(bytes), where);
    }
    for (const Magic& magic : kMagics) {
        if (bytes.size() >= magic.at && bytes.substr(magic.at).starts_with(magic.bytes)) {
            refuseKind(magic.named, where);
        }
    }
    if (const auto markup = markupKind(bytes)) {
        refuseKind(*markup, where);
    }
    if (isSafetensors(bytes)) {
        refuseKind({"a safetensors file of weights", kWeights}, where);
    }
    for (const Ending& known : kEndings) {
        if (ending == known.ending) {
            refuseKind(known.named, where);
        }
    }
    const std::size_t start = bytes.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    if (ending == ".txt" && start != std::string_view::npos && bytes[start] != '{' && bytes[start] != '[') {
        refuseKind({"plain text (.txt)",
                    "write each row as {\"instruction\": …, \"output\": …} in JSON lines; a table takes the ending .csv"},
                   where);
    }
    return FileKind::Text;
}

} // namespace lori::tasks

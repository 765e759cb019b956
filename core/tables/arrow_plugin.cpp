// SPDX-License-Identifier: Apache-2.0
// The only file that opens files with Apache Arrow. Built as a library of its own, which the program loads when it meets a table.
#include "core/tables/json_value.h"
#include "core/tables/plugin.h"

#include <arrow/api.h>
#include <arrow/io/file.h>
#include <arrow/ipc/reader.h>
#include <parquet/arrow/reader.h>
#include <parquet/exception.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>

namespace lori::tables {

namespace {

constexpr std::int64_t kBatchRows = 1024;

/// Hands rows on and knows when enough were taken.
class Rows final {
public:
    Rows(LoriRowSink sink, void* context) : m_sink(sink), m_context(context) {}

    /// False when no more rows are wanted. Throws std::runtime_error when the batch contradicts itself.
    bool take(const arrow::RecordBatch& batch)
    {
        // A damaged file may hold offsets that point anywhere; nothing is read before they were looked at.
        if (const arrow::Status status = batch.ValidateFull(); !status.ok()) {
            throw std::runtime_error("rows from " + std::to_string(m_count + 1) + " on are damaged: " + status.message());
        }
        for (std::int64_t row = 0; row < batch.num_rows(); ++row) {
            m_json = "{";
            for (int column = 0; column < batch.num_columns(); ++column) {
                m_json += column == 0 ? "" : ",";
                appendQuoted(m_json, batch.column_name(column));
                m_json += ':';
                appendJson(m_json, *batch.column(column), row);
            }
            m_json += '}';
            ++m_count;
            if (m_sink(m_context, m_json.data(), m_json.size()) == 0) {
                return false;
            }
        }
        return true;
    }

private:
    LoriRowSink m_sink;
    void* m_context;
    std::string m_json;
    std::int64_t m_count = 0;
};

template <typename T>
T valueOf(arrow::Result<T> result, const char* what)
{
    if (!result.ok()) {
        throw std::runtime_error(std::string(what) + ": " + result.status().message());
    }
    return std::move(result).ValueUnsafe();
}

void readAll(arrow::RecordBatchReader& reader, Rows& rows, const char* what)
{
    while (const std::shared_ptr<arrow::RecordBatch> batch = valueOf(reader.Next(), what)) {
        if (!rows.take(*batch)) {
            return;
        }
    }
}

void readParquet(const std::shared_ptr<arrow::io::RandomAccessFile>& file, Rows& rows)
{
    constexpr const char* kWhat = "the Parquet file is damaged or holds what cannot be read";
    const auto reader = valueOf(parquet::arrow::OpenFile(file, arrow::default_memory_pool()), kWhat);
    reader->set_use_threads(false);
    reader->set_batch_size(kBatchRows);
    readAll(*valueOf(reader->GetRecordBatchReader(), kWhat), rows, kWhat);
}

void readArrow(const std::shared_ptr<arrow::io::RandomAccessFile>& file, bool isFile, Rows& rows)
{
    constexpr const char* kWhat = "the Arrow file is damaged or of another kind";
    arrow::ipc::IpcReadOptions options = arrow::ipc::IpcReadOptions::Defaults();
    options.use_threads = false;
    if (!isFile) {
        // A stream is read from where the file stands, and after ReadAt() Arrow stands nowhere.
        if (const arrow::Status status = file->Seek(0); !status.ok()) {
            throw std::runtime_error(std::string(kWhat) + ": " + status.message());
        }
        readAll(*valueOf(arrow::ipc::RecordBatchStreamReader::Open(file, options), kWhat), rows, kWhat);
        return;
    }
    const auto reader = valueOf(arrow::ipc::RecordBatchFileReader::Open(file, options), kWhat);
    for (int i = 0; i < reader->num_record_batches(); ++i) {
        if (!rows.take(*valueOf(reader->ReadRecordBatch(i), kWhat))) {
            return;
        }
    }
}

void readTable(const char* path, Rows& rows)
{
    const std::shared_ptr<arrow::io::RandomAccessFile> file =
        valueOf(arrow::io::ReadableFile::Open(path), "the file cannot be opened");
    const auto start = valueOf(file->ReadAt(0, 8), "the file cannot be read");
    const std::string_view magic(reinterpret_cast<const char*>(start->data()), static_cast<std::size_t>(start->size()));
    if (magic.starts_with("PAR1")) {
        readParquet(file, rows);
    } else {
        readArrow(file, magic.starts_with("ARROW1"), rows);
    }
}

/// One line, short enough for a sentence.
void writeError(const char* what, char* error, std::size_t bytes)
{
    const std::size_t length = std::min({std::strcspn(what, "\n"), bytes - 1, std::size_t{300}});
    std::memcpy(error, what, length);
    error[length] = '\0';
}

} // namespace

} // namespace lori::tables

extern "C" __attribute__((visibility("default"))) int lori_read_table_v1(const char* path, LoriRowSink sink, void* context,
                                                                         char* error, std::size_t errorBytes)
{
    try {
        lori::tables::Rows rows(sink, context);
        lori::tables::readTable(path, rows);
        return 0;
    } catch (const std::exception& e) {
        lori::tables::writeError(e.what(), error, errorBytes);
    } catch (...) {
        lori::tables::writeError("the table cannot be read", error, errorBytes);
    }
    return 1;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/history_marks.h"

#include "core/support/files.h"

#include <nlohmann/json.hpp>

#include <system_error>

namespace lori::ui {

namespace {

constexpr int kMarksVersion = 1;
constexpr std::uint64_t kMostMarkBytes = 16U << 20U;

} // namespace

HistoryMarks::HistoryMarks(std::filesystem::path file) : m_file(std::move(file))
{
    const auto text = readTextFile(m_file, kMostMarkBytes);
    const auto document = text ? nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false) : nlohmann::json();
    if (!document.is_object()) {
        return;
    }
    if (const auto pinned = document.find("pinned"); pinned != document.end() && pinned->is_array()) {
        for (const nlohmann::json& run : *pinned) {
            if (run.is_string()) {
                m_pinned.insert(QString::fromStdString(run.get<std::string>()));
            }
        }
    }
    if (const auto baseline = document.find("baseline"); baseline != document.end() && baseline->is_string()) {
        m_baseline = QString::fromStdString(baseline->get<std::string>());
    }
}

Result<void> HistoryMarks::pin(const QStringList& runs, bool pinned)
{
    QSet<QString> marked = m_pinned;
    for (const QString& run : runs) {
        if (pinned) {
            marked.insert(run);
        } else {
            marked.remove(run);
        }
    }
    return write(marked, m_baseline);
}

Result<void> HistoryMarks::setBaseline(const QString& run)
{
    return write(m_pinned, run);
}

Result<void> HistoryMarks::write(const QSet<QString>& pinned, const QString& baseline)
{
    QStringList sorted(pinned.begin(), pinned.end());
    sorted.sort();
    nlohmann::ordered_json runs = nlohmann::ordered_json::array();
    for (const QString& run : sorted) {
        runs.push_back(run.toStdString());
    }
    const nlohmann::ordered_json document{
        {"version", kMarksVersion}, {"pinned", std::move(runs)}, {"baseline", baseline.toStdString()}};
    std::error_code ignored; // writing says it when there is no folder
    std::filesystem::create_directories(m_file.parent_path(), ignored);
    auto written = writeFileAtomically(m_file, document.dump(2) + "\n");
    if (written) {
        m_pinned = pinned;
        m_baseline = baseline;
    }
    return written;
}

} // namespace lori::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs_page_log.h"

#include <nlohmann/json.hpp>

#include <QDateTime>
#include <QFontDatabase>
#include <QScrollBar>

namespace lori::ui {

namespace {

constexpr int kMaxLines = 20'000;

QString valueText(const nlohmann::json& value)
{
    if (value.is_string()) {
        return QString::fromStdString(value.get<std::string>());
    }
    if (value.is_number_float()) {
        return QString::number(value.get<double>(), 'g', 5);
    }
    return QString::fromStdString(value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

} // namespace

RunLog::RunLog(QWidget* parent) : QPlainTextEdit(parent)
{
    setObjectName(QStringLiteral("runLog"));
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setMaximumBlockCount(kMaxLines);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setTabChangesFocus(true);
}

QString RunLog::line(const experiment::Event& event)
{
    QString text = QDateTime::fromMSecsSinceEpoch(event.timeMs).toString(QStringLiteral("HH:mm:ss")) + QStringLiteral("  ") +
                   QString::fromStdString(event.type).leftJustified(14);
    for (const auto& [key, value] : event.values.items()) {
        text += QStringLiteral("  %1=%2").arg(QString::fromStdString(key), valueText(value));
    }
    return text;
}

void RunLog::append(const std::vector<experiment::Event>& events)
{
    QStringList lines;
    for (const experiment::Event& event : events) {
        if (event.type != "heartbeat") {
            lines.append(line(event));
        }
    }
    if (lines.isEmpty()) {
        return;
    }
    const bool atEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    appendPlainText(lines.join(QLatin1Char('\n')));
    if (atEnd) {
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    }
}

} // namespace lori::ui

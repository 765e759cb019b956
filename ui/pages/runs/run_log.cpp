// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/run_log.h"

#include <nlohmann/json.hpp>

#include <QDateTime>
#include <QFontDatabase>
#include <QScrollBar>

namespace lori::ui {

namespace {

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
    setMaximumBlockCount(static_cast<int>(kMostLines));
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setTabChangesFocus(true);
}

QString RunLog::line(const events::Event& event)
{
    QString text = QDateTime::fromMSecsSinceEpoch(event.timeMs).toString(QStringLiteral("HH:mm:ss")) + QStringLiteral("  ") +
                   QString::fromStdString(std::string(event.type())).leftJustified(14);
    const nlohmann::json fields = events::fieldsOf(event.payload);
    for (const auto& [key, value] : fields.items()) {
        text += QStringLiteral("  %1=%2").arg(QString::fromStdString(key), valueText(value));
    }
    return text;
}

void RunLog::append(const std::vector<events::Event>& events)
{
    QStringList lines;
    const std::size_t first = events.size() > kMostLines ? events.size() - kMostLines : 0; // older ones would scroll out at once
    for (std::size_t i = first; i < events.size(); ++i) {
        if (events[i].as<events::Heartbeat>() == nullptr) {
            lines.append(line(events[i]));
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

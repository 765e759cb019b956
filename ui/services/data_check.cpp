// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/data_check.h"

#include "ui/services/error_text.h"
#include "ui/services/model_facts.h"
#include "ui/text.h"

#include <QFileInfo>

#include <algorithm>
#include <array>
#include <cmath>

namespace lori::ui {

namespace {

constexpr std::int64_t kFewRows = 16;   // fewer say nothing about more than themselves
constexpr std::size_t kRemembered = 64; // files looked at in one session
constexpr std::size_t kNamedRows = 3;

std::string keyOf(const experiment::DataSource& source)
{
    const auto& c = source.columns;
    std::error_code ignored; // a file that is not there has no size and no time
    const auto size = std::filesystem::file_size(source.file, ignored);
    const auto time = std::filesystem::last_write_time(source.file, ignored).time_since_epoch().count();
    std::string key = source.file + '\n' + std::to_string(size) + '\n' + std::to_string(time);
    for (const std::string& column : {c.instruction, c.input, c.output, c.system, c.history, c.messages}) {
        key += '\n' + column;
    }
    return key;
}

/// What core/tasks says of data, by its code; the sentences that hold no names of the file.
struct NoteText {
    const char* code;
    const char* text;
};
constexpr std::array kNotes{
    NoteText{"content_parts",
             QT_TRANSLATE_NOOP("lori::ui::DataCheck", "turns in several parts are joined by line feeds, as servers do")},
    NoteText{"developer_turn",
             QT_TRANSLATE_NOOP("lori::ui::DataCheck", "the turn of role “developer” is used as the system turn")},
    NoteText{"two_system_texts", QT_TRANSLATE_NOOP("lori::ui::DataCheck", "there is a system turn and another system text in a "
                                                                          "column; the turn is used")},
    NoteText{"leading_answer",
             QT_TRANSLATE_NOOP("lori::ui::DataCheck", "the first turn is an answer without a question and is left out")},
    NoteText{"trailing_question",
             QT_TRANSLATE_NOOP("lori::ui::DataCheck", "the last turn is a question without an answer and is left out")},
    NoteText{"system_turns", QT_TRANSLATE_NOOP("lori::ui::DataCheck", "some rows begin with a system turn")},
    NoteText{"several_turns", QT_TRANSLATE_NOOP("lori::ui::DataCheck", "some rows have several turns")},
    NoteText{"columns", QT_TRANSLATE_NOOP("lori::ui::DataCheck", "the file holds columns, not rows; they were put together by "
                                                                 "position")},
    NoteText{"pretty_printed", QT_TRANSLATE_NOOP("lori::ui::DataCheck", "the objects stand over several lines; they were read "
                                                                        "one after another")},
    NoteText{"list_in_lines", QT_TRANSLATE_NOOP("lori::ui::DataCheck", "the file is one JSON list although its ending is .jsonl; "
                                                                       "it was read as a list")},
};

QString sentenceOf(const tasks::DataNote& note)
{
    const auto known = std::find_if(kNotes.begin(), kNotes.end(), [&](const NoteText& text) { return note.code == text.code; });
    if (known == kNotes.end()) {
        return QString::fromStdString(note.text);
    }
    const QString text = DataCheck::tr(known->text);
    return note.rows > 0
               ? DataCheck::tr("%n row(s): %1", nullptr, static_cast<int>(std::min<std::int64_t>(note.rows, 1'000'000'000)))
                     .arg(text)
               : text;
}

DataView read(const experiment::DataSource& source)
{
    DataView view;
    view.file = QString::fromStdString(source.file);
    view.reading = false;
    auto data = tasks::readDataFile(source.file, source.columns, tasks::BadRows::Skip);
    if (!data) {
        view.error = data.error();
        return view;
    }
    view.rows = static_cast<std::int64_t>(data->rows.size());
    view.lengths = judgedLengths(data->rows);
    data->rows.resize(std::min(data->rows.size(), DataCheck::kShownRows));
    view.start = std::move(*data);
    return view;
}

} // namespace

DataCheck::DataCheck(QObject* parent) : QObject(parent) {}

std::vector<const DataView*> DataCheck::look(const experiment::RunConfig& config)
{
    std::vector<const DataView*> views;
    for (const experiment::DataSource& source : config.data.sources) {
        if (source.file.empty()) {
            continue;
        }
        const std::string key = keyOf(source);
        if (m_known.size() >= kRemembered && !m_known.contains(key)) {
            m_known.clear();
            views.clear();
            m_job.cancel();
            m_reading.clear();
            return look(config);
        }
        Known& known = m_known[key];
        known.source = source;
        known.view.file = QString::fromStdString(source.file);
        known.view.stamp = key;
        views.push_back(&known.view);
    }
    next();
    return views;
}

void DataCheck::next()
{
    const auto wanted = std::find_if(m_known.begin(), m_known.end(), [](const auto& each) { return each.second.view.reading; });
    if (wanted == m_known.end() || m_job.isRunning()) {
        return;
    }
    m_reading = wanted->first;
    m_job.start([source = wanted->second.source](const BackgroundJob::Cancelled&) { return read(source); },
                [this](DataView view) {
                    if (const auto known = m_known.find(m_reading); known != m_known.end()) {
                        view.stamp = m_reading;
                        known->second.view = std::move(view);
                    }
                    m_reading.clear();
                    next();
                    Q_EMIT changed();
                });
}

QString DataCheck::problem(const DataView& view)
{
    const QString name = QFileInfo(view.file).fileName();
    if (view.reading) {
        return tr("%1 is being read").arg(name);
    }
    if (view.error) {
        return ErrorText::sentence(*view.error);
    }
    const auto& broken = view.start.problems;
    if (!broken.empty()) {
        QStringList lines;
        for (std::size_t i = 0; i < std::min(broken.size(), kNamedRows); ++i) {
            lines.append(sentence(broken[i], view.start.unit));
        }
        return tr("%n row(s) of %1 cannot be used: %2. Correct them in the file.", nullptr, static_cast<int>(broken.size()))
            .arg(name, lines.join(QStringLiteral("; ")));
    }
    return view.rows == 0 ? tr("%1 holds no rows").arg(name) : QString();
}

QString DataCheck::sentence(const tasks::RowProblem& problem, const std::string& unit)
{
    const QString place = unit == "line"     ? tr("line %1").arg(problem.line)
                          : unit == "record" ? tr("record %1").arg(problem.line)
                                             : tr("row %1").arg(problem.line);
    const QString what = QString::fromStdString(problem.problem);
    return problem.field.empty()
               ? tr("%1: %2", "place in a file: what is wrong").arg(place, what)
               : tr("%1, %2: %3", "place, field: what is wrong").arg(place, QString::fromStdString(problem.field), what);
}

QStringList DataCheck::notes(const DataView& view, const experiment::RunConfig& config)
{
    QStringList notes;
    if (view.reading || view.error) {
        return notes;
    }
    const QString name = QFileInfo(view.file).fileName();
    for (const tasks::DataNote& note : view.start.notes) {
        notes.append(tr("%1: %2", "file: what to know about it").arg(name, sentenceOf(note)));
    }
    const auto heldOut = static_cast<std::int64_t>(std::llround(static_cast<double>(view.rows) * config.data.heldOutShare));
    if (view.rows < kFewRows) {
        notes.append(tr("%1 has only %n row(s): the model will learn them by heart, and nothing can be measured on them.",
                        nullptr, static_cast<int>(view.rows))
                         .arg(name));
    } else if (config.data.heldOutShare > 0 && heldOut < kFewRows) {
        notes.append(
            tr("About %n row(s) of %1 are held out: too few to judge by.", nullptr, static_cast<int>(heldOut)).arg(name));
    }
    return notes;
}

} // namespace lori::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// What stands between the draft and Start, and what is worth a thought.
#include "core/experiment/config_issue.h"
#include "core/formats/messages.h"
#include "ui/pages/experiment/advanced_form.h"
#include "ui/pages/experiment/data_card.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/experiment/file_choosers.h"
#include "ui/pages/experiment/simple_form.h"
#include "ui/services/data_check.h"
#include "ui/services/error_text.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/home_check.h"
#include "ui/services/model_library.h"
#include "ui/services/run_name.h"
#include "ui/services/run_service.h"
#include "ui/services/seed_uses.h"
#include "ui/text.h"

#include <QFileInfo>

#include <algorithm>

namespace lori::ui {

std::vector<ExperimentPreview::Problem> ExperimentPage::problems(const ExperimentPreview::Content& content)
{
    std::vector<ExperimentPreview::Problem> found;
    for (const experiment::ConfigIssue& issue : m_draft->issues()) {
        const QString path = QString::fromStdString(issue.path);
        found.push_back({path, tr("%1: %2").arg(fieldName(path), ErrorText::problem(issue))});
    }
    if (!m_modelProblem.empty() && !m_draft->config().model.empty()) {
        found.push_back({QStringLiteral("model"), QString::fromStdString(m_modelProblem)});
    }
    m_brokenFile.clear();
    m_goneFile.clear();
    const auto& sources = m_draft->config().data.sources;
    const auto views = m_data->look(m_draft->config());
    auto view = views.begin();
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (sources[i].file.empty()) {
            m_advanced->suggestColumns(i, {});
            continue;
        }
        QStringList columns;
        for (const std::string& field : (*view)->start.fields) {
            columns.append(QString::fromStdString(field));
        }
        m_advanced->suggestColumns(i, columns);
        if (const QString problem = DataCheck::problem(**view); !problem.isEmpty()) {
            found.push_back({QStringLiteral("data.sources[%1].file").arg(i), problem});
            const bool isGone = (*view)->error && (*view)->error->code == ErrorCode::NotFound;
            (isGone ? m_goneFile : m_brokenFile) = QString::fromStdString(sources[i].file);
        }
        ++view;
    }
    m_dataCard->show(views, seenRows(views));
    const auto ofTasks = taskProblems();
    found.insert(found.end(), ofTasks.begin(), ofTasks.end());
    if (const auto writable = tryWriting(m_context.home.root); !writable) {
        found.push_back({{},
                         tr("Your files cannot be written: %1. What is there is safe, but nothing new can be kept.")
                             .arg(ErrorText::sentence(writable.error()))});
    }
    if (RunService::workerProgram().isEmpty()) {
        found.push_back({{}, tr("The program “lori”, which does the training, was not found beside this one.")});
    }
    if (content.estimate && content.freeDiskBytes >= 0 && content.freeDiskBytes < content.estimate->diskBytes.value * 1.1) {
        found.push_back({{},
                         tr("Not enough disk space: the run needs about %1 and %2 is free. Make room, or keep fewer checkpoints.")
                             .arg(Text::bytes(content.estimate->diskBytes.value * 1.1), Text::bytes(content.freeDiskBytes))});
    }
    return found;
}

/// Published sets whose files are not there, with how to get them.
std::vector<ExperimentPreview::Problem> ExperimentPage::taskProblems() const
{
    std::vector<ExperimentPreview::Problem> found;
    const experiment::RunConfig& config = m_draft->config();
    const auto look = [&](const QString& path, const std::string& task, TaskCatalog::Use use) {
        if (const QString missing = m_tasks.missing(task, use, config.data.folder); !missing.isEmpty()) {
            found.push_back({path, tr("%1: %2").arg(fieldName(path), missing)});
        }
    };
    for (std::size_t i = 0; i < config.data.sources.size(); ++i) {
        look(QStringLiteral("data.sources[%1].task").arg(i), config.data.sources[i].task, TaskCatalog::Use::Training);
    }
    for (const experiment::EvaluationTask& task : config.evaluation.tasks) {
        look(QStringLiteral("evaluation.tasks.%1.limit").arg(QString::fromStdString(task.task)), task.task,
             TaskCatalog::Use::Measuring);
    }
    if (const auto problem = TaskCatalog::problem()) {
        found.push_back({QString(), ErrorText::sentence(*problem)});
    }
    return found;
}

/// The first file's rows as the draft's model would see them; nothing while the model or the file is not right.
const SeenRows::View* ExperimentPage::seenRows(const std::vector<const DataView*>& views)
{
    const auto& sources = m_draft->config().data.sources;
    const auto first = std::find_if(sources.begin(), sources.end(), [](const auto& source) { return !source.file.empty(); });
    if (views.empty() || first == sources.end() || views.front()->start.rows.empty() || !m_modelProblem.empty()) {
        return nullptr;
    }
    return &m_seen->look(m_draft->config(), static_cast<std::size_t>(first - sources.begin()), *views.front());
}

/// What is no reason to refuse a run, but worth a thought before it.
QStringList ExperimentPage::notes()
{
    QStringList notes;
    const experiment::RunConfig& config = m_draft->config();
    for (const DataView* view : m_data->look(config)) {
        for (const QString& note : DataCheck::notes(*view, config)) {
            notes.append(note.toHtmlEscaped());
        }
    }
    if (goneModel() != GoneModel::No) {
        notes.append(tr("“%1” is not where it was. <a href=\"find-model\">Find it…</a>")
                         .arg(QString::fromStdString(config.model).toHtmlEscaped()));
    }
    if (!m_goneFile.isEmpty()) {
        notes.append(tr("“%1” is not where it was. <a href=\"find-rows\">Find it…</a>")
                         .arg(QFileInfo(m_goneFile).fileName().toHtmlEscaped()));
    }
    if (!m_brokenFile.isEmpty()) {
        notes.append(
            tr("<a href=\"data\">Look at the rows</a>: the Data page lists each that cannot be used, and can leave them out."));
    }
    if (const QStringList sharing = m_seeds->sharing(config); !sharing.isEmpty()) {
        notes.append(tr("“%1” has the same frozen A (seed %2): merged, only the masks keep the two apart. "
                        "<a href=\"new-seed\">Take a new seed</a>")
                         .arg(sharing.front().toHtmlEscaped())
                         .arg(config.adapter.projectionSeed));
    }
    return notes;
}

ExperimentPage::GoneModel ExperimentPage::goneModel()
{
    const std::string& model = m_draft->config().model;
    const auto shape = m_facts.shape(model);
    if (shape) {
        return GoneModel::No;
    }
    const std::string& code = shape.error().message;
    const bool isPath = model.find('/') != std::string::npos;
    return code == formats::messages::kModelGone.code                ? GoneModel::Registered
           : code == formats::messages::kUnknownModel.code && isPath ? GoneModel::Path
                                                                     : GoneModel::No;
}

/// A registered one keeps its name and goes on elsewhere; of a path, the draft takes the new one.
void ExperimentPage::findModel()
{
    const QString model = QString::fromStdString(m_draft->config().model);
    const GoneModel gone = goneModel();
    if (gone == GoneModel::Path) {
        FileChoosers::findModel(this, QFileInfo(model).fileName(), model.endsWith(QLatin1String(".gguf")),
                                [this](const QString& path) {
                                    m_draft->edit(tr("change of the model"),
                                                  [&](experiment::RunConfig& config) { config.model = path.toStdString(); });
                                });
    } else if (gone == GoneModel::Registered) {
        m_models->refresh(); // another page may have registered it
        const ModelEntry* entry = m_models->find(model);
        const bool isFile = entry == nullptr || entry->path.extension() == ".gguf";
        FileChoosers::findModel(this, model, isFile,
                                [this, model](const QString& path) { m_models->relocate(model, path.toStdString()); });
    }
}

void ExperimentPage::findRows()
{
    const QString gone = m_goneFile;
    if (gone.isEmpty()) {
        return;
    }
    FileChoosers::findRows(this, gone, [this, gone](const QString& path) {
        m_draft->edit(tr("other place of the rows"), [&](experiment::RunConfig& config) {
            for (experiment::DataSource& source : config.data.sources) {
                if (source.file == gone.toStdString()) {
                    source.file = path.toStdString();
                }
            }
            RunName::follow(config, m_draft->config());
        });
    });
}

QString ExperimentPage::fieldName(const QString& path) const
{
    for (const QWidget* widget : {m_advanced->widgetFor(path), m_simple->widgetFor(path)}) {
        if (widget != nullptr && !widget->accessibleName().isEmpty()) {
            return widget->accessibleName();
        }
    }
    return path;
}

} // namespace lori::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// What others ask of the Experiment page.
#include "ui/frame/message_bar.h"
#include "ui/pages/experiment/choices.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/run_name.h"
#include "ui/services/run_settings.h"

#include <QFileInfo>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QUndoStack>

#include <algorithm>

namespace lori::ui {

void ExperimentPage::usePreset(const std::string& id)
{
    if (const auto preset = experiment::findPreset(id)) {
        m_draft->applyPreset(onThisMachine(*preset));
    }
}

void ExperimentPage::useConfig(const experiment::RunConfig& config)
{
    m_draft->startFrom(config, tr("start from an old run"));
    m_scroll->verticalScrollBar()->setValue(0);
    m_scroll->horizontalScrollBar()->setValue(0);
}

void ExperimentPage::openFile(const QString& path)
{
    const auto config = experiment::readRunConfig(path.toStdString());
    if (!config) {
        m_context.messages->post(config.error());
        return;
    }
    m_draft->startFrom(*config, tr("opening of a recipe"));
    m_scroll->verticalScrollBar()->setValue(0);
    m_context.messages->post(Tone::Quiet, tr("Opened the recipe “%1”.").arg(QFileInfo(path).fileName()),
                             {{tr("Undo"), [this] {
                                   m_context.undo->undo();
                               }}});
}

void ExperimentPage::useConfig(const experiment::RunConfig& base, const experiment::RunConfig& changed, const QString& undoText)
{
    m_draft->startFrom(base, undoText);
    m_draft->edit(undoText, [&](experiment::RunConfig& config) { config = changed; });
}

void ExperimentPage::chooseMask(double sparsity, experiment::MaskScope scope)
{
    m_draft->edit(tr("change of sparsity"), [&](experiment::RunConfig& config) {
        if (sparsityOf(config) < 0) {
            setGoal(config, Goal::Sparse);
        }
        setSparsity(config, sparsity);
        for (experiment::StageConfig& stage : config.stages) {
            if (stage.kind == experiment::StageKind::Mask) {
                stage.mask.scope = scope;
            }
        }
    });
}

void ExperimentPage::take(const Intent& intent)
{
    if (std::holds_alternative<intents::NewExperiment>(intent)) {
        newExperiment();
    } else if (std::holds_alternative<intents::QuickLook>(intent)) {
        if (const auto preset = experiment::findPreset("quick-look")) {
            choosePreset(*preset); // which says so where it replaces something
        }
        QMetaObject::invokeMethod( // once the page is shown
            this, [this] { m_preview->startButton()->setFocus(Qt::OtherFocusReason); }, Qt::QueuedConnection);
    } else if (const auto* recipe = std::get_if<intents::EditRecipe>(&intent)) {
        useConfig(recipe->config);
    } else if (const auto* sparsity = std::get_if<intents::UseSparsity>(&intent)) {
        useSparsity(*sparsity);
    } else if (const auto* use = std::get_if<intents::UseData>(&intent)) {
        useData(*use);
    } else if (const auto* length = std::get_if<intents::UseLength>(&intent)) {
        m_draft->edit(tr("change of the row length"),
                      [&](experiment::RunConfig& config) { config.data.maxTokens = length->tokens; });
        m_context.messages->post(
            Tone::Quiet, tr("The experiment now cuts rows at %1 tokens; Undo takes the other length back.").arg(length->tokens));
    } else if (const auto* model = std::get_if<intents::UseModel>(&intent)) {
        m_draft->edit(tr("change of the model"),
                      [&](experiment::RunConfig& config) { config.model = model->model.toStdString(); });
    } else if (std::holds_alternative<intents::ShowRecipe>(intent)) {
        showRecipe();
    }
}

/// Only where the form can be seen: Ctrl+Enter in a note must never start what another page holds.
bool ExperimentPage::can(PageCommand command) const
{
    return command == PageCommand::Start && isVisible() && m_ready;
}

void ExperimentPage::perform(PageCommand command)
{
    if (can(command)) {
        start();
    }
}

std::vector<PageView> ExperimentPage::views(const QString& /*runId*/)
{
    return {{QString(),
             [this] {
                 setAdvanced(false);
             }},
            {QStringLiteral("advanced"), [this] {
                 setAdvanced(true);
             }}};
}

void ExperimentPage::useSparsity(const intents::UseSparsity& asked)
{
    const auto run = asked.runId.empty() ? Result<jobs::RunFolder>(Error{ErrorCode::NotFound, "", "", ""})
                                         : jobs::RunFolder::open(m_context.home, asked.runId);
    const auto config = run ? run->config() : Result<experiment::RunConfig>(run.error());
    if (const auto copy =
            config ? withOtherMask(*config, run->path(), asked.adapter, asked.sparsity, asked.scope) : std::nullopt) {
        useConfig(copy->base, copy->changed, tr("another sparsity"));
        m_context.messages->post(
            Tone::Quiet, tr("A copy of “%1” with another mask: its LoRI-D is taken as it is; mask and LoRI-S are made anew.")
                             .arg(QString::fromStdString(config->name)));
    } else if (config && asked.adapter.empty()) { // a run of a sweep: it has this mask already
        experiment::RunConfig copyOfRun = *config;
        copyOfRun.name = RunSettings::copyName(config->name).toStdString();
        copyOfRun.parentRun = asked.runId;
        useConfig(copyOfRun, copyOfRun, tr("another sparsity"));
        m_context.messages->post(Tone::Quiet, tr("A copy of “%1” with everything it was trained with, its sparsity too.")
                                                  .arg(QString::fromStdString(config->name)));
    } else {
        chooseMask(asked.sparsity, asked.scope);
        m_context.messages->post(Tone::Quiet, tr("Sparsity and scope were put into the experiment that was set up last."));
    }
}

void ExperimentPage::useData(const intents::UseData& asked)
{
    const auto isThere = [this](const experiment::DataSource& source) {
        const auto& all = m_draft->config().data.sources;
        return std::any_of(all.begin(), all.end(),
                           [&](const auto& each) { return each.task == source.task && each.file == source.file; });
    };
    if (asked.besides && std::all_of(asked.data.sources.begin(), asked.data.sources.end(), isThere)) {
        m_context.messages->post(Tone::Quiet, tr("The experiment learns these rows already."));
        return;
    }
    m_draft->edit(asked.besides ? tr("more data") : tr("other data"), [&](experiment::RunConfig& config) {
        auto& present = config.data.sources;
        std::vector<experiment::DataSource> sources = asked.besides ? present : std::vector<experiment::DataSource>();
        for (experiment::DataSource source : asked.data.sources) { // how rows become prompts is the experiment's choice
            source.promptTemplate = present.empty() ? source.promptTemplate : present.front().promptTemplate;
            sources.push_back(std::move(source));
        }
        present = std::move(sources);
        RunName::follow(config, m_draft->config());
        config.data.folder = asked.data.folder.empty() ? config.data.folder : asked.data.folder;
    });
    m_context.messages->post(Tone::Quiet, asked.besides
                                              ? tr("The experiment now learns these rows too; Undo takes them out again.")
                                              : tr("The experiment now learns these rows; Undo takes the others back."));
}

} // namespace lori::ui

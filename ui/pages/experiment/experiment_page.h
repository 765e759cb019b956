// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job_folder.h"
#include "ui/pages/experiment/preview.h"
#include "ui/pages/page.h"
#include "ui/services/app_context.h"
#include "ui/services/model_facts.h"
#include "ui/services/opened_files.h"
#include "ui/services/own_presets.h"
#include "ui/services/seen_rows.h"
#include "ui/services/task_catalog.h"

#include <QPointer>

#include <memory>
#include <vector>

class QButtonGroup;
class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QTimer;
class QToolButton;

namespace lori::ui {

class DataCheck;
class DraftStore;
class ExperimentAdvancedForm;
class ExperimentDataCard;
class ExperimentDraft;
class ExperimentSimpleForm;
class ExperimentWizard;
class ModelLibrary;
class SeedUses;
struct SweepField;

/// Sets up a run: presets, a simple and an advanced form over one draft, and the preview with Start.
class ExperimentPage final : public Page, public FileOpener {
    Q_OBJECT

public:
    ExperimentPage(AppContext& context, QWidget* parent);
    ~ExperimentPage() override;

    [[nodiscard]] ExperimentDraft& draft() { return *m_draft; }
    /// Fills the form from a preset; the person has not started anything yet.
    void usePreset(const std::string& id);
    /// "Duplicate as new": from another run's configuration, with every later change marked.
    void useConfig(const experiment::RunConfig& config);
    /// A recipe: a configuration as "Show recipe" saves it, or a run's config.json.
    void openFile(const QString& path) override;
    /// Another run's configuration with these changes, which are marked.
    void useConfig(const experiment::RunConfig& base, const experiment::RunConfig& changed, const QString& undoText);
    /// The mask stages of the form take this sparsity and scope; the chain is made sparse when it is not.
    void chooseMask(double sparsity, experiment::MaskScope scope);
    void setAdvanced(bool advanced);
    [[nodiscard]] bool isAdvanced() const;
    [[nodiscard]] bool canStart() const;

    void take(const Intent& intent) override;
    [[nodiscard]] bool can(PageCommand command) const override;
    void perform(PageCommand command) override;
    [[nodiscard]] std::vector<PageView> views(const QString& runId) override;

public Q_SLOTS:
    /// Asks first when another run is at work.
    void start();
    /// Makes the run and leaves it to the queue.
    void addToQueue();
    void showRecipe();
    /// Asks for values to train at, one run each.
    void showSweep();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void startNow();
    void build();
    /// As its texts like it.
    [[nodiscard]] int previewWidth() const;
    QWidget* buildHeader();
    QWidget* buildPresets();
    void refresh();
    void refreshPresets();
    void retranslatePresets();
    void choosePreset(const experiment::Preset& preset);
    /// With the processor threads of the settings, where the preset leaves them open.
    [[nodiscard]] experiment::Preset onThisMachine(experiment::Preset preset) const;
    void newExperiment();
    void fillOwnPresets();
    void useOwnPreset(const QString& name);
    struct Estimated {
        experiment::Estimate estimate;
        experiment::MachineSpeed speed;  ///< it counts with
        experiment::DataLengths lengths; ///< the same; zeros = assumed
    };
    /// Of a configuration that is valid.
    [[nodiscard]] Estimated estimateOf(const experiment::RunConfig& config, const experiment::ModelShape& shape);
    [[nodiscard]] QString basisOf(const Estimated& known) const;
    /// The same experiment in five questions.
    void openWizard();
    /// Which settings were changed, each with its way back.
    void showChanges();
    void askPresetName();
    void savePreset(const QString& name);
    void removePreset(const QString& name);
    void startSweep(const std::vector<SweepField>& over, bool queue);
    void sendSweep(jobs::JobRecord record, bool queue);
    void markChecked();
    void retranslate();
    void goTo(const QString& path);
    void scrollTo(QWidget* section);
    void limitWidth();
    [[nodiscard]] std::vector<ExperimentPreview::Problem> problems(const ExperimentPreview::Content& content);
    [[nodiscard]] std::vector<ExperimentPreview::Problem> taskProblems() const;
    [[nodiscard]] QStringList notes();
    [[nodiscard]] const SeenRows::View* seenRows(const std::vector<const DataView*>& views);
    void followNote(const QString& link);
    /// What became of the draft's model, when that is all that is wrong with it.
    enum class GoneModel : std::uint8_t { No, Registered, Path };
    [[nodiscard]] GoneModel goneModel();
    void findModel();
    void findRows();
    void useSparsity(const intents::UseSparsity& asked);
    void useData(const intents::UseData& asked);
    [[nodiscard]] QString fieldName(const QString& path) const;

    AppContext& m_context;
    ModelFacts m_facts;
    TaskCatalog m_tasks;
    ExperimentDraft* m_draft = nullptr;
    ModelLibrary* m_models = nullptr;
    OwnPresets m_ownPresets;
    std::unique_ptr<DraftStore> m_store; ///< saves when the page goes, so it goes before the draft, a child, does
    QLabel* m_title = nullptr;
    QPushButton* m_guide = nullptr;
    QPointer<ExperimentWizard> m_wizard; ///< while it is open
    QPushButton* m_badge = nullptr;      ///< how many settings were changed; opens their list
    QPushButton* m_simpleButton = nullptr;
    QPushButton* m_advancedButton = nullptr;
    QButtonGroup* m_presets = nullptr;
    QLabel* m_presetTitle = nullptr;
    QLabel* m_presetText = nullptr;
    QToolButton* m_ownPresetsButton = nullptr;
    QStackedWidget* m_forms = nullptr;
    QScrollArea* m_scroll = nullptr;
    ExperimentSimpleForm* m_simple = nullptr;
    ExperimentAdvancedForm* m_advanced = nullptr;
    ExperimentPreview* m_preview = nullptr;
    ExperimentDataCard* m_dataCard = nullptr;
    DataCheck* m_data = nullptr;
    SeenRows* m_seen = nullptr;
    SeedUses* m_seeds = nullptr;
    QTimer* m_refresh = nullptr; ///< joins quick edits into one look at disk and model
    bool m_ready = false;
    std::string m_modelProblem;
    QString m_brokenFile;   ///< an own file that cannot be learned as it is
    QString m_goneFile;     ///< an own file that is not there
    bool m_started = false; ///< the form stands as a run took it over
};

} // namespace lori::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/result.h"
#include "ui/pages/masks/mask_moments.h"
#include "ui/services/background_job.h"
#include "ui/theme.h"

#include <QWidget>

#include <memory>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QSlider;

namespace lori::ui {

struct AppContext;
struct ModulePlace;
class ModuleStack;
class OverlapTableModel;
class PlotPanel;

/// How a mask came to be while LoRI-D was trained: what calibration would have kept at some steps, as a curve against the mask at
/// the end, and module by module at one of them. A click or Enter on the curve, or the slider, chooses the step.
class CourseView final : public QWidget {
    Q_OBJECT

public:
    CourseView(AppContext& context, QWidget* parent);
    [[nodiscard]] bool isBusy() const { return m_scan.isRunning() || m_read.isRunning(); }
    [[nodiscard]] const MaskCourse* course() const { return m_course.get(); }
    /// Place of the shown moment in the course's moments.
    [[nodiscard]] std::size_t chosen() const;
    void openSomeMatrix();

Q_SIGNALS:
    void shown(); ///< a course was read, or there is none

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    enum class State : std::uint8_t { Looking, None, Reading, Shown, Cancelled, Failed };
    QWidget* makeTop();
    void connectParts();
    void retranslate();
    void scan();
    void take(std::vector<MomentsSource> sources);
    void read();
    void taken(const Result<std::shared_ptr<const MaskCourse>>& course);
    void act();
    void showState();
    void draw();
    void showMoment();
    void chooseStep(double step);
    void showMatrix(const ModulePlace& place);
    void say(const QString& text, Tone tone);

    AppContext& m_context;
    BackgroundJob m_scan;
    BackgroundJob m_read;
    State m_state = State::Looking;
    Error m_error;
    std::vector<MomentsSource> m_sources;
    std::shared_ptr<const MaskCourse> m_course;
    QLabel* m_runLabel = nullptr;
    QComboBox* m_run = nullptr;
    QLabel* m_text = nullptr;
    QPushButton* m_action = nullptr;
    QWidget* m_body = nullptr;
    PlotPanel* m_panel = nullptr;
    QLabel* m_stepLabel = nullptr;
    QSlider* m_step = nullptr;
    QLabel* m_stepText = nullptr;
    OverlapTableModel* m_model = nullptr;
    ModuleStack* m_stack = nullptr;
};

} // namespace lori::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/plot_painter.h"
#include "ui/widgets/run_curves.h"
#include "ui/widgets/smoothing.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QRubberBand;
class QToolButton;

namespace lori::ui {

class CrosshairGroup;
class NumberField;
class PlotPanel;
class PlotView;
class RunOverlays;

/// The live charts of one run: loss (per token, or as trained on request), safety (both sides, always together), other scores,
/// and one of speed, gradient norm, learning rate and memory. All share x (the step over all stages) and the crosshair. Runs that
/// are dropped here are asked for by overlays(). Redraws at most five times a second and not at all while hidden.
class RunCharts final : public QWidget {
    Q_OBJECT

public:
    explicit RunCharts(QWidget* parent = nullptr);

    void reset();
    /// Whose charts these are, for saved pictures.
    void setSubject(const QString& run);
    void append(const std::vector<events::Event>& events);
    /// The other runs in these charts, and the row that names them.
    [[nodiscard]] RunOverlays& overlays() { return *m_overlays; }
    void setSmoothing(const Smoothing& smoothing);
    [[nodiscard]] const Smoothing& smoothing() const { return m_smoothing; }
    [[nodiscard]] const RunCurves& curves() const { return m_curves; }
    /// Brings all charts up to date now.
    void updateNow();
    /// "loss", "safety", "scores" or "details".
    [[nodiscard]] PlotPanel* panel(const QString& name) const;

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    PlotPanel* makePanel(const QString& name);
    void showPanels();
    void retranslate();
    QHBoxLayout* makeControls();
    void readSmoothing();
    void schedule();
    [[nodiscard]] bool canShowLossPerToken() const;
    void updateLoss();
    void updateLossScale(bool perToken);
    void updateSafety();
    void updateScores();
    void updateDetails();
    void addScore(PlotView* view, const RunCurves& curves, const RunCurves::ScoreName& name, const QString& shown,
                  PlotStyle style, const QString& idPrefix, std::vector<PlotReference>* references) const;
    void addOverlayScores(PlotView* view, bool safety) const;
    void overlaysChanged();
    [[nodiscard]] QString describe(double x) const;

    RunCurves m_curves;
    Smoothing m_smoothing;
    QTimer m_timer;
    bool m_dirty = true;
    CrosshairGroup* m_crosshair = nullptr;
    PlotPanel* m_loss = nullptr;
    PlotPanel* m_safety = nullptr;
    PlotPanel* m_scores = nullptr;
    PlotPanel* m_details = nullptr;
    PlotPanel* m_alone = nullptr; ///< the only one that is shown, when a person wants it large
    std::vector<QToolButton*> m_aloneButtons;
    QLabel* m_methodLabel = nullptr;
    QComboBox* m_method = nullptr;
    NumberField* m_weight = nullptr;
    NumberField* m_window = nullptr;
    QComboBox* m_detail = nullptr;
    QComboBox* m_lossScale = nullptr; ///< per token, or as trained
    RunOverlays* m_overlays = nullptr;
    QRubberBand* m_dropPlace = nullptr; ///< shows that a dragged run would be taken
};

} // namespace lori::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/plot_style.h"
#include "ui/widgets/run_curves.h"

#include <QWidget>

#include <functional>
#include <utility>
#include <vector>

class QMenu;
class QToolButton;

namespace lori::ui {

/// Other runs in a run's charts: their curves, thinned as those of the run itself, and a row of chips that name them, take them
/// away, and lay another one over.
class RunOverlays final : public QWidget {
    Q_OBJECT

public:
    static constexpr std::size_t kMost = 4;
    struct Overlay {
        QString id;
        QString name;
        RunCurves curves;
    };
    /// (run id, title) of runs that can be laid over, newest first.
    using Choices = std::function<std::vector<std::pair<QString, QString>>()>;

    explicit RunOverlays(QWidget* parent);
    void setChoices(Choices choices);

    /// Room for a run's curves, which absorb() fills. False when there are kMost already; one that is there stays as it is.
    bool add(const QString& id, const QString& name);
    /// Events of one of the runs; of any other they are dropped.
    void absorb(const QString& id, const std::vector<events::Event>& events);
    void remove(const QString& id);
    void clear();
    [[nodiscard]] bool has(const QString& id) const;
    [[nodiscard]] const std::vector<Overlay>& all() const { return m_overlays; }
    /// The look of the run at this place, with dashes that no curve of the shown run has; `marker` tells its curves apart.
    [[nodiscard]] static PlotStyle styleOf(std::size_t place, PlotMarker marker = PlotMarker::None);

Q_SIGNALS:
    /// A person wants this run in the charts.
    void asked(const QString& id);
    /// Curves grew.
    void grown();
    /// Runs came or went: places, and so looks, may be others.
    void changed();
    void removed(const QString& id);

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void makeChip(const Overlay& overlay, std::size_t place);
    void fillMenu();
    [[nodiscard]] QIcon swatch(std::size_t place) const;

    Choices m_choices;
    std::vector<Overlay> m_overlays;
    QToolButton* m_add = nullptr;
    QMenu* m_menu = nullptr;
};

} // namespace lori::ui

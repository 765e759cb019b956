// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace lori::ui {

class PlotTableModel;
class PlotView;

/// A plot with its title, notes, legend, logarithm switch, table twin and export menu.
class PlotPanel final : public QWidget {
    Q_OBJECT

public:
    /// `name` becomes the object name and the start of its parts' names.
    PlotPanel(const QString& name, const QString& title, QWidget* parent = nullptr);
    [[nodiscard]] PlotView* view() const { return m_view; }
    void setTitle(const QString& title);
    /// Whose chart it is, for saved pictures: "Capitals"; "" for nobody's.
    void setSubject(const QString& subject) { m_subject = subject; }
    /// Title of a saved picture, and the name that is proposed for it.
    [[nodiscard]] QString pictureTitle() const;
    [[nodiscard]] QString fileName() const;
    /// Puts another control (a chooser) next to the title.
    void addControl(QWidget* control);
    void setTableShown(bool shown);
    /// Saves under a name a person chose and says beside the chart what became of it.
    void saveAs(const QString& file);

protected:
    void changeEvent(QEvent* event) override;

private:
    QToolButton* makeSwitch(const QString& name);
    void makeMenuButton();
    void retranslate();
    void connectView();
    void savePicture();
    void updateNote();
    QString m_name;
    QString m_subject;
    QHBoxLayout* m_header = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_note = nullptr;
    QToolButton* m_logarithm = nullptr;
    QToolButton* m_table = nullptr;
    QToolButton* m_menu = nullptr;
    QAction* m_copy = nullptr;
    QAction* m_save = nullptr;
    QAction* m_zoomIn = nullptr;
    QAction* m_zoomOut = nullptr;
    QAction* m_reset = nullptr;
    QStackedWidget* m_stack = nullptr;
    PlotView* m_view = nullptr;
    PlotTableModel* m_model = nullptr;
};

} // namespace lori::ui

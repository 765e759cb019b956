// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/interference_module.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <string>

namespace lori::analysis {

namespace {

using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

std::string nameOf(const SharedModule& module)
{
    return "layer " + std::to_string(module.layer) + " " + std::string(projectionName(module.projection));
}

RowMajor read(const formats::TensorView* tensor, const char* matrix, const SharedModule& module, const std::string& where)
{
    if (tensor == nullptr || tensor->shape.size() != 2 || tensor->count() <= 0) {
        throw Exception(ErrorCode::BadFile, std::string(matrix) + " of " + nameOf(module) + " is missing or is no matrix",
                        "choose another adapter", where);
    }
    RowMajor values(tensor->shape[0], tensor->shape[1]);
    formats::toFloat(*tensor, std::span<float>(values.data(), static_cast<std::size_t>(values.size()))).value();
    if (!values.allFinite()) {
        throw Exception(ErrorCode::NonFinite, std::string(matrix) + " of " + nameOf(module) + " holds a NaN or infinity",
                        "train again with a smaller learning rate", where);
    }
    return values;
}

/// Rows that turn A·Aᵀ into the identity of its row space: Λ^(−1/2)·Uᵀ of the eigenvalues that are not 0 but for rounding. A
/// merged adapter may have dependent rows, or rows of zeros; then these are fewer than the rank.
Eigen::MatrixXd whitening(const Eigen::MatrixXd& gram)
{
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram);
    const Eigen::VectorXd& values = solver.eigenvalues(); // rising
    const double smallest = 1e-13 * values(values.size() - 1);
    Eigen::Index dependent = 0;
    while (dependent < values.size() && !(values(dependent) > smallest)) {
        ++dependent;
    }
    const Eigen::Index rows = values.size() - dependent;
    return values.tail(rows).cwiseSqrt().cwiseInverse().asDiagonal() * solver.eigenvectors().rightCols(rows).transpose();
}

/// All adapters' A and B of one module, stacked, so that two products give every rank × rank block.
struct Stack {
    std::vector<RowMajor> b;            ///< [out, rank]; empty where the module is missing
    std::vector<RowMajor> a;            ///< [rank, in]
    std::vector<Eigen::Index> offset;   ///< first row of an adapter in the products
    std::vector<Eigen::Index> rank;     ///< 0 where the module is missing
    Eigen::MatrixXd aa;                 ///< A·Aᵀ
    Eigen::MatrixXd bb;                 ///< Bᵀ·B
    std::vector<Eigen::MatrixXd> white; ///< whitening() of each A
    Eigen::Index in = 0;
    Eigen::Index out = 0;

    [[nodiscard]] auto aBlock(std::size_t i, std::size_t j) const { return aa.block(offset[i], offset[j], rank[i], rank[j]); }
    [[nodiscard]] auto bBlock(std::size_t i, std::size_t j) const { return bb.block(offset[i], offset[j], rank[i], rank[j]); }
};

void checkShape(Eigen::Index& known, Eigen::Index found, const char* what, const SharedModule& module, const std::string& where)
{
    if (known != 0 && known != found) {
        throw Exception(ErrorCode::Mismatch,
                        nameOf(module) + " has " + std::to_string(found) + " " + what + "-features, the adapters before have " +
                            std::to_string(known),
                        "compare adapters of one base model", where);
    }
    known = found;
}

Stack stackOf(const SharedModule& module, const std::vector<formats::AdapterFiles>& adapters)
{
    Stack stack;
    Eigen::Index rows = 0;
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        const formats::AdapterModule* part = module.parts[i];
        const std::string where = adapters[i].folder.string();
        RowMajor a;
        RowMajor b;
        if (part != nullptr) {
            a = read(part->a, "A", module, where);
            b = read(part->b, "B", module, where);
            if (a.rows() != b.cols()) {
                throw Exception(ErrorCode::Mismatch, "A and B of " + nameOf(module) + " have different ranks",
                                "choose another adapter", where);
            }
            checkShape(stack.in, a.cols(), "in", module, where);
            checkShape(stack.out, b.rows(), "out", module, where);
        }
        stack.offset.push_back(rows);
        stack.rank.push_back(a.rows());
        rows += a.rows();
        stack.a.push_back(std::move(a));
        stack.b.push_back(std::move(b));
    }
    Eigen::MatrixXd allA(rows, stack.in);
    Eigen::MatrixXd allB(rows, stack.out); // Bᵀ
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        if (stack.rank[i] > 0) {
            allA.middleRows(stack.offset[i], stack.rank[i]) = stack.a[i].cast<double>();
            allB.middleRows(stack.offset[i], stack.rank[i]) = stack.b[i].transpose().cast<double>();
        }
    }
    stack.aa = Eigen::MatrixXd::Zero(rows, rows);
    stack.bb = Eigen::MatrixXd::Zero(rows, rows);
    stack.aa.selfadjointView<Eigen::Lower>().rankUpdate(allA);
    stack.bb.selfadjointView<Eigen::Lower>().rankUpdate(allB);
    stack.aa.triangularView<Eigen::StrictlyUpper>() = stack.aa.transpose();
    stack.bb.triangularView<Eigen::StrictlyUpper>() = stack.bb.transpose();
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        stack.white.push_back(stack.rank[i] > 0 ? whitening(stack.aBlock(i, i)) : Eigen::MatrixXd());
    }
    return stack;
}

/// <B_i·A_j, B_k·A_l>_F = Σ (B_iᵀB_k) ∘ (A_j·A_lᵀ).
double innerProduct(const Stack& stack, std::size_t i, std::size_t j, std::size_t k, std::size_t l)
{
    return stack.bBlock(i, k).cwiseProduct(stack.aBlock(j, l)).sum();
}

/// Σ of squared cosines of the principal angles between the row spaces, |W₁·(A₁A₂ᵀ)·W₂ᵀ|²_F with W from whitening(); how many
/// angles there are; and what independent row spaces of these dimensions give.
void addRowOverlap(const Stack& stack, std::size_t i, std::size_t j, PairSums& sums)
{
    const Eigen::MatrixXd& one = stack.white[i];
    const Eigen::MatrixXd& two = stack.white[j];
    const auto fewer = static_cast<double>(std::min(one.rows(), two.rows()));
    const auto more = static_cast<double>(std::max(one.rows(), two.rows()));
    sums.overlap = (one * stack.aBlock(i, j) * two.transpose()).squaredNorm();
    sums.overlapRank = fewer;
    sums.chance = fewer * more / static_cast<double>(stack.in);
}

PairSums pairOf(const Stack& stack, std::size_t i, std::size_t j, double scaling)
{
    PairSums sums;
    if (stack.rank[i] == 0 || stack.rank[j] == 0) {
        return sums;
    }
    sums.inner = scaling * innerProduct(stack, i, i, j, j);
    addRowOverlap(stack, i, j, sums);
    sums.modulesInBoth = 1;
    sums.modulesWithSameA = stack.rank[i] == stack.rank[j] && stack.a[i] == stack.a[j] ? 1 : 0;
    if (stack.rank[i] == stack.rank[j]) { // masks of different ranks have no common entries to compare
        const float* first = stack.b[i].data();
        const float* second = stack.b[j].data();
        const std::int64_t entries = stack.b[i].size();
        for (std::int64_t k = 0; k < entries; ++k) {
            const float product = first[k] * second[k];
            const bool one = first[k] != 0;
            const bool two = second[k] != 0;
            sums.firstUsed += one ? 1 : 0;
            sums.secondUsed += two ? 1 : 0;
            sums.shared += one && two ? 1 : 0;
            sums.opposite +=
                one && two && (product < 0 || (product == 0 && std::signbit(first[k]) != std::signbit(second[k]))) ? 1 : 0;
        }
        sums.expectedShared =
            static_cast<double>(sums.firstUsed) * static_cast<double>(sums.secondUsed) / static_cast<double>(entries);
    }
    return sums;
}

/// |Σ_{i≠j} √(s_i·s_j)·B_i·A_j|², what PEFT's linear merge at weight 1 adds beside the adapters themselves.
double crossTerms(const Stack& stack, const std::vector<double>& scaling)
{
    const std::size_t count = scaling.size();
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < count; ++j) {
            for (std::size_t k = 0; i != j && k < count; ++k) {
                for (std::size_t l = 0; l < count; ++l) {
                    if (k != l && stack.rank[i] > 0 && stack.rank[j] > 0 && stack.rank[k] > 0 && stack.rank[l] > 0) {
                        sum += std::sqrt(scaling[i] * scaling[j] * scaling[k] * scaling[l]) * innerProduct(stack, i, j, k, l);
                    }
                }
            }
        }
    }
    return std::max(0.0, sum);
}

} // namespace

void PairSums::add(const PairSums& other)
{
    inner += other.inner;
    overlap += other.overlap;
    overlapRank += other.overlapRank;
    chance += other.chance;
    expectedShared += other.expectedShared;
    firstUsed += other.firstUsed;
    secondUsed += other.secondUsed;
    shared += other.shared;
    opposite += other.opposite;
    modulesInBoth += other.modulesInBoth;
    modulesWithSameA += other.modulesWithSameA;
}

void InterferenceSums::add(const InterferenceSums& other)
{
    if (squaredNorms.empty()) {
        *this = other;
        return;
    }
    for (std::size_t i = 0; i < squaredNorms.size(); ++i) {
        squaredNorms[i] += other.squaredNorms[i];
    }
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        pairs[i].add(other.pairs[i]);
    }
    crossTerms += other.crossTerms;
    linearIsPossible = linearIsPossible && other.linearIsPossible;
}

InterferenceSums sumsOf(const SharedModule& module, const std::vector<formats::AdapterFiles>& adapters)
{
    const Stack stack = stackOf(module, adapters);
    std::vector<double> scaling;
    InterferenceSums sums;
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        scaling.push_back(module.parts[i] != nullptr ? adapters[i].scaling(*module.parts[i]) : adapters[i].scaling());
        sums.squaredNorms.push_back(scaling[i] * scaling[i] * innerProduct(stack, i, i, i, i));
        sums.linearIsPossible = sums.linearIsPossible && stack.rank[i] == stack.rank.front();
    }
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        for (std::size_t j = i + 1; j < adapters.size(); ++j) {
            sums.pairs.push_back(pairOf(stack, i, j, scaling[i] * scaling[j]));
        }
    }
    sums.crossTerms = sums.linearIsPossible ? crossTerms(stack, scaling) : 0;
    return sums;
}

} // namespace lori::analysis

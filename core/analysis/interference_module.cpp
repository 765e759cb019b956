// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/interference_module.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <string>

namespace lori::analysis {

namespace {

using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

std::string nameOf(const SharedModule& module)
{
    return "layer " + std::to_string(module.layer) + " " + std::string(experiment::projectionName(module.projection));
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

/// All adapters' A and B of one module, stacked, so that two products give every rank × rank block.
struct Stack {
    std::vector<RowMajor> b;          ///< [out, rank]; empty where the module is missing
    std::vector<RowMajor> a;          ///< [rank, in]
    std::vector<Eigen::Index> offset; ///< first row of an adapter in the products
    std::vector<Eigen::Index> rank;   ///< 0 where the module is missing
    Eigen::MatrixXd aa;               ///< A·Aᵀ
    Eigen::MatrixXd bb;               ///< Bᵀ·B
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
    return stack;
}

/// <B_i·A_j, B_k·A_l>_F = Σ (B_iᵀB_k) ∘ (A_j·A_lᵀ).
double innerProduct(const Stack& stack, std::size_t i, std::size_t j, std::size_t k, std::size_t l)
{
    return stack.bBlock(i, k).cwiseProduct(stack.aBlock(j, l)).sum();
}

/// Σ of squared cosines of the principal angles between the row spaces: |L₁⁻¹·(A₁A₂ᵀ)·L₂⁻ᵀ|²_F with A·Aᵀ = L·Lᵀ.
double rowOverlap(const Stack& stack, std::size_t i, std::size_t j)
{
    const Eigen::LLT<Eigen::MatrixXd> first(stack.aBlock(i, i));
    const Eigen::LLT<Eigen::MatrixXd> second(stack.aBlock(j, j));
    if (first.info() != Eigen::Success || second.info() != Eigen::Success) {
        return 0; // dependent rows span less than the rank: no angle to speak of
    }
    const Eigen::MatrixXd left = first.matrixL().solve(Eigen::MatrixXd(stack.aBlock(i, j)));
    return second.matrixL().solve(Eigen::MatrixXd(left.transpose())).squaredNorm();
}

PairSums pairOf(const Stack& stack, std::size_t i, std::size_t j, double scaling)
{
    PairSums sums;
    if (stack.rank[i] == 0 || stack.rank[j] == 0) {
        sums.sameProjection = false;
        return sums;
    }
    sums.inner = scaling * innerProduct(stack, i, i, j, j);
    sums.overlap = rowOverlap(stack, i, j);
    sums.overlapRank = static_cast<double>(std::min(stack.rank[i], stack.rank[j]));
    sums.chance = sums.overlapRank * static_cast<double>(std::max(stack.rank[i], stack.rank[j])) / static_cast<double>(stack.in);
    sums.sameProjection = stack.rank[i] == stack.rank[j] && stack.a[i] == stack.a[j];
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
    sameProjection = sameProjection && other.sameProjection;
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
        scaling.push_back(adapters[i].scaling());
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

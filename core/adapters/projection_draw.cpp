// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/projection_draw.h"

#include "core/support/error.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>

#include <cmath>

namespace lori::adapters {

at::Tensor randomProjection(std::int64_t rank, std::int64_t in, at::Generator& generator)
{
    const double bound = 1.0 / std::sqrt(static_cast<double>(in)); // method.md §1.1
    return at::empty({rank, in}, at::kFloat).uniform_(-bound, bound, generator);
}

at::Tensor orthogonalProjection(std::int64_t rank, std::int64_t in, std::int64_t block, at::Generator& generator)
{
    const std::int64_t needed = (block + 1) * rank;
    if (needed > in) {
        throw Exception(ErrorCode::InvalidArgument,
                        "block " + std::to_string(block) + " of rank " + std::to_string(rank) + " needs " +
                            std::to_string(needed) + " directions, a module has inputs of " + std::to_string(in),
                        "choose a smaller block or rank", "adapter.orthogonalBlock");
    }
    auto* const draws = at::check_generator<at::CPUGeneratorImpl>(generator);
    at::Generator own = at::detail::createCPUGenerator(draws->random64());
    // Q of a Gaussian matrix spans random directions; its first columns do not depend on those that follow, so a block is the
    // same however many there are. The sign that LAPACK leaves open is taken from R's diagonal.
    at::Tensor gaussian_NI = at::empty({needed, in}, at::kDouble);
    for (std::int64_t row = 0; row < needed; ++row) { // one by one: how normal_ fills a tensor's end depends on its size
        gaussian_NI.select(0, row).normal_(0, 1, own);
    }
    const auto [q_IN, r_NN] = at::linalg_qr(gaussian_NI.t());
    const at::Tensor rows_NI = (q_IN * at::sign(at::diagonal(r_NN))).t();
    return rows_NI.slice(0, needed - rank, needed).mul(std::sqrt(1.0 / 3.0)).to(at::kFloat).contiguous();
}

} // namespace lori::adapters

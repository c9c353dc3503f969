package bellwether.core.bandit;

/** One arm of a bandit: a reward process that moves only when it is pulled. */
public sealed interface Arm
    permits FiniteArm, SparseArm, BetaBernoulliArm, NormalArm, DirichletArm {}

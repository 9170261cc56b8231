//! Logistic regression by Newton's method.

/// What pulls weights to nothing.
const RIDGE: f64 = 1.0;

const STEPS: usize = 25;

/// Something with observed values that is damage or is not.
pub struct Example {
    /// In the order of the names of the features.
    pub values: Vec<f64>,
    pub is_damage: bool,
    /// What it counts in the mixture.
    pub weight: f64,
    /// Which of the parts it belongs to that are kept apart from each other.
    pub part: usize,
}

/// A bias and the weights of all features.
pub struct Model {
    weights: Vec<f64>,
}

impl Model {
    /// What fits the examples best that are `taken`. The two classes count alike: what is rare in the mixture would else
    /// teach nothing.
    pub fn fit(examples: &[Example], width: usize, taken: impl Fn(&Example) -> bool) -> Self {
        let width = width + 1;
        let mut weights = vec![0.0; width];
        let examples: Vec<&Example> = examples.iter().filter(|example| taken(example)).collect();
        let total = |is_damage: bool| {
            let of_class = examples.iter().filter(|it| it.is_damage == is_damage);
            (of_class.clone().map(|it| it.weight).sum::<f64>().max(1e-9), of_class.count() as f64)
        };
        let (damage, sound) = (total(true), total(false));
        // As many as the smaller class has examples, or as were met.
        let scale = |(weight, count): (f64, f64)| count.min(damage.1.min(sound.1) * MOST_ALIKE) / weight;
        let (damage, sound) = (scale(damage), scale(sound));
        for _ in 0..STEPS {
            let mut slope = vec![0.0; width];
            let mut bend = vec![vec![0.0; width]; width];
            for at in 1..width {
                slope[at] -= RIDGE * weights[at];
            }
            (0..width).for_each(|at| bend[at][at] += RIDGE);
            for example in &examples {
                let values: Vec<f64> = std::iter::once(1.0).chain(example.values.iter().copied()).collect();
                let sum: f64 = values.iter().zip(&weights).map(|(value, weight)| value * weight).sum();
                let p = 1.0 / (1.0 + (-sum).exp());
                let error = f64::from(u8::from(example.is_damage)) - p;
                let weight = example.weight * if example.is_damage { damage } else { sound };
                let curve = weight * (p * (1.0 - p)).max(1e-6);
                for (row, a) in values.iter().enumerate() {
                    slope[row] += weight * error * a;
                    for (column, b) in values.iter().enumerate() {
                        bend[row][column] += curve * a * b;
                    }
                }
            }
            let step = solve(bend, slope);
            weights.iter_mut().zip(step).for_each(|(weight, step)| *weight += step.clamp(-2.0, 2.0));
        }
        Self { weights }
    }

    pub fn bias(&self) -> f64 {
        self.weights[0]
    }

    pub fn weights(&self) -> &[f64] {
        &self.weights[1..]
    }

    pub fn sum(&self, example: &Example) -> f64 {
        self.bias()
            + example.values.iter().zip(self.weights()).map(|(value, weight)| value * weight).sum::<f64>()
    }
}

/// How many times as many examples the larger class may count as the smaller one has.
const MOST_ALIKE: f64 = 4.0;

/// Solves a system of linear equations by elimination; the matrix is symmetric and positive.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for pivot in 0..size {
        let (upper, lower) = matrix.split_at_mut(pivot + 1);
        let pivot_row = &upper[pivot];
        for (offset, row) in lower.iter_mut().enumerate() {
            let factor = row[pivot] / pivot_row[pivot];
            row.iter_mut().zip(pivot_row).skip(pivot).for_each(|(value, above)| *value -= factor * above);
            right[pivot + 1 + offset] -= factor * right[pivot];
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|column| matrix[row][column] * right[column]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}

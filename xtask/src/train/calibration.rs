//! From sums to probabilities: a rising curve, measured on sums of models that never met the texts.

/// The sum of a candidate by a model that was not fitted on it, whether it is damage, and what it counts.
pub type Scored = (f64, bool, f64);

/// Points of a rising curve from sums to probabilities.
pub struct Calibration {
    points: Vec<(f64, f64)>,
}

impl Calibration {
    /// Neighbours that would fall are taken together, and each step is counted as if it had met half a sound candidate
    /// more.
    pub fn of(mut scored: Vec<Scored>) -> Self {
        scored.sort_by(|a, b| a.0.total_cmp(&b.0));
        struct Step {
            sums: f64,
            count: f64,
            damage: f64,
            weight: f64,
        }
        let share = |step: &Step| step.damage / (step.weight + 0.5);
        let mut steps: Vec<Step> = Vec::new();
        for group in scored.chunks(scored.len().div_ceil(100).max(1)) {
            steps.push(Step {
                sums: group.iter().map(|it| it.0).sum(),
                count: group.len() as f64,
                damage: group.iter().filter(|it| it.1).map(|it| it.2).sum(),
                weight: group.iter().map(|it| it.2).sum(),
            });
            while let [.., before, last] = steps.as_slice()
                && (share(before) >= share(last) || last.weight < 4.0)
            {
                let last = steps.pop().expect("there are two");
                let before = steps.last_mut().expect("there are two");
                before.sums += last.sums;
                before.count += last.count;
                before.damage += last.damage;
                before.weight += last.weight;
            }
        }
        let mut points: Vec<(f64, f64)> =
            steps.iter().map(|step| (step.sums / step.count, share(step).clamp(0.0, 1.0))).collect();
        points.dedup_by(|next, last| (next.0 - last.0).abs() < 0.01);
        Self { points }
    }

    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// The probability at a sum.
    pub fn at(&self, sum: f64) -> f64 {
        let after = self.points.partition_point(|(at, _)| *at <= sum);
        match (after.checked_sub(1).map(|at| self.points[at]), self.points.get(after)) {
            (None, Some(first)) => first.1,
            (Some(last), None) => last.1,
            (Some(low), Some(high)) => low.1 + (high.1 - low.1) * (sum - low.0) / (high.0 - low.0),
            (None, None) => 0.0,
        }
    }

    /// The same where the odds of damage are as many times as high.
    pub fn with_odds(mut self, factor: f64) -> Self {
        for (_, probability) in &mut self.points {
            let odds = *probability * factor;
            *probability = odds / (odds + 1.0 - *probability);
        }
        self
    }

    /// Prints how often what is said to be so likely was damage, on candidates that it was not made from.
    pub fn print_reliability(&self, scored: &[Scored]) {
        println!("  said          candidates  mean  damage");
        let bounds = [0.0, 0.5, 0.75, 0.9, 0.97, 1.01];
        for pair in bounds.windows(2) {
            let within: Vec<(f64, &Scored)> = scored
                .iter()
                .map(|it| (self.at(it.0), it))
                .filter(|(said, _)| (pair[0]..pair[1]).contains(said))
                .collect();
            let weight: f64 = within.iter().map(|(_, it)| it.2).sum();
            if weight > 0.0 {
                let mean = within.iter().map(|(said, it)| said * it.2).sum::<f64>() / weight;
                let damage = within.iter().filter(|(_, it)| it.1).map(|(_, it)| it.2).sum::<f64>() / weight;
                println!(
                    "  {:.2} to {:.2}  {:10}  {mean:.3}  {damage:.3}",
                    pair[0],
                    pair[1].min(1.0),
                    within.len()
                );
            }
        }
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>Two networks, two optimizers, and a schedule that was copied from one to the other but for a single name.</summary>
internal static class MixedUpOptimizers
{
    public static void Train()
    {
        using var student = Digits.Network();
        using var teacher = Digits.Network();
        using var studentOptimizer = optim.AdamW(student.parameters(), lr: 1e-3);
        using var teacherOptimizer = optim.AdamW(teacher.parameters(), lr: 1e-4);

        var warmup = optim.lr_scheduler.LinearLR(studentOptimizer, start_factor: 0.1, total_iters: 5);
        var decay = optim.lr_scheduler.CosineAnnealingLR(studentOptimizer, T_max: 25);
        var scheduler = optim.lr_scheduler.SequentialLR(studentOptimizer, [warmup, decay], [5]);
        var teacherScheduler = optim.lr_scheduler.SequentialLR(teacherOptimizer, [optim.lr_scheduler.LinearLR(studentOptimizer, start_factor: 0.1, total_iters: 5), optim.lr_scheduler.StepLR(teacherOptimizer, step_size: 10)], [5]);

        for (var epoch = 0; epoch < 30; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                studentOptimizer.zero_grad();
                teacherOptimizer.zero_grad();
                using var loss = Digits.Loss(student, images, labels) + Digits.Loss(teacher, images, labels);
                loss.backward();
                studentOptimizer.step();
                teacherOptimizer.step();
            }

            scheduler.step();
            teacherScheduler.step();
        }
    }
}

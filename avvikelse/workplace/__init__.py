"""The pages one works from: start, what waits for me, my measures, judging alike. They gather; they decide nothing."""

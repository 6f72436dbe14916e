# Why an act was refused, one sentence each. Keys begin with refusal-.

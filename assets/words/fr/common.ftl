# Words of the field: so far those that stand beside what an account says.

status-new = Nouveau
status-open = Ouvert
status-pending = En attente
status-hold = En pause
status-solved = Résolu
status-closed = Clos

priority-low = Basse
priority-normal = Normale
priority-high = Haute
priority-urgent = Urgente

value-yes = oui
value-no = non
